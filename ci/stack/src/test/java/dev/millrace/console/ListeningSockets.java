package dev.millrace.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that processes listen on, as Linux tells them in {@code /proc}. */
final class ListeningSockets {
  /** Number, local address, remote address, state LISTEN, and the inode as the tenth field. */
  private static final Pattern LISTENING =
      Pattern.compile("\\s*\\d+: (\\w+):(\\w+) \\w+:\\w+ 0A (?:\\S+\\s+){5}(\\d+) .*");

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  /** 127.0.0.1, and the same in IPv6: words in the machine's order of bytes. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F");

  private ListeningSockets() {}

  /** The ports that a process listens on, with "everywhere:" before those beyond loopback. */
  static Set<String> of(long pid) throws IOException {
    Set<String> inodes = sockets(pid);
    Set<String> listening = new TreeSet<>();
    for (String line : lines()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.matches() && inodes.contains(matcher.group(3))) {
        String port = String.valueOf(Integer.parseInt(matcher.group(2), 16));
        listening.add((LOOPBACK.contains(matcher.group(1)) ? "" : "everywhere:") + port);
      }
    }
    return listening;
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
    lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
    return lines;
  }

  private static Set<String> sockets(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return descriptors
          .map(ListeningSockets::target)
          .map(SOCKET::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
