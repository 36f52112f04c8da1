package dev.millrace.operate.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who does something, and in which process: {@code ada@host process 1234 of 2026-01-02T03:04:05Z}.
 * Of a process of this machine it can be told whether it is still there; one of another has to be
 * waited for.
 *
 * @param user the name of the user
 * @param host the machine
 * @param process the id of the process there
 * @param startedAt when that was started, since ids come again
 */
public record Owner(String user, String host, long process, Instant startedAt) {
  private static final Pattern TEXT = Pattern.compile("(.*)@(\\S+) process (\\d+) of (\\S+)");

  /** This process. */
  public static Owner self() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(
        System.getProperty("user.name", "unknown"), localHost(), self.pid(), startOf(self));
  }

  /** Reads what {@link #toString} gives; empty if it is something else. */
  static Optional<Owner> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Owner(
                parts.group(1),
                parts.group(2),
                Long.parseLong(parts.group(3)),
                Instant.parse(parts.group(4))))
        : Optional.empty();
  }

  /** Whether a text names a process of this machine that has ended. */
  public static boolean isGone(String text) {
    return parse(text).filter(Owner::isGone).isPresent();
  }

  private boolean isGone() {
    return host.equals(localHost())
        && ProcessHandle.of(process).filter(each -> startOf(each).equals(startedAt)).isEmpty();
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String toString() {
    return "%s@%s process %s of %s".formatted(user, host, process, startedAt);
  }
}
