package dev.millrace.benchmarks;

import dev.millrace.launch.JavaOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a contender's process is started: all get the same Java and the same options, those by which
 * Millrace's launcher spares the optimizing compiler among them.
 */
public final class JavaCommand {
  /** The bound of the heap. */
  public static final String HEAP = "-Xmx2g";

  private static final List<String> JVM =
      List.of(
          HEAP,
          "-XX:+UseParallelGC",
          "-Duser.timezone=UTC",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private JavaCommand() {}

  /** A process of a main class on this process's class path, not yet started. */
  public static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
    return of(main.getName(), System.getProperty("java.class.path"), options, arguments);
  }

  /** A process of a main class on a class path, not yet started. */
  public static ProcessBuilder of(
      String main, String classPath, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(JavaOptions.OPTIMIZE_LATE);
    command.addAll(options);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
