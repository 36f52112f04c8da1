package dev.millrace.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a component's folder remembers of its process: the name of the start in {@code start},
 * written before the process is there, and its number in {@code pid}, written after.
 *
 * <p>The name of the start is random, and the first argument on the process's command line. So a
 * process is only taken for the stack's own if it carries that name: a number that another process
 * was given meanwhile doesn't matter, and a start that was cut off between the two files is found
 * again. Unlike the time at which a process started it doesn't depend on the machine's clock.
 */
record ProcessTrace(Path folder) {
  private static final String MARK = "-Dmillrace.dev=";

  /** Remembers a start that is about to happen, and returns its name. */
  String begin() throws IOException {
    String start =
        "%s-%016x".formatted(folder.getFileName(), UUID.randomUUID().getMostSignificantBits());
    Files.deleteIfExists(pidFile());
    Files.writeString(startFile(), start);
    return start;
  }

  /** Remembers the process that was started. */
  void began(long pid) throws IOException {
    Files.writeString(pidFile(), pid + "\n");
  }

  /** Forgets the process, which was ended or never was. */
  void forget() throws IOException {
    Files.deleteIfExists(startFile());
    Files.deleteIfExists(pidFile());
  }

  /** The argument of Java by which the process of a start is known. */
  static String mark(String start) {
    return MARK + start;
  }

  /** The name of the last start, unless its process was ended since. */
  Optional<String> start() {
    return read(startFile());
  }

  /** The process, if it is there. */
  Optional<ProcessHandle> process() {
    Optional<String> start = start();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> pid = read(pidFile()).map(Long::valueOf);
    Stream<ProcessHandle> candidates =
        pid.isPresent() ? ProcessHandle.of(pid.get()).stream() : ProcessHandle.allProcesses();
    return candidates.filter(process -> isMarked(process, mark(start.get()))).findFirst();
  }

  /** A process that has ended but whose parent hasn't noticed has no arguments any more. */
  private static boolean isMarked(ProcessHandle process, String mark) {
    return process
        .info()
        .arguments()
        .filter(arguments -> arguments.length > 0 && arguments[0].equals(mark))
        .isPresent();
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path startFile() {
    return folder.resolve("start");
  }

  private Path pidFile() {
    return folder.resolve("pid");
  }
}
