package dev.millrace.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java process that does nothing until its input ends, as it does at the latest with the test's.
 */
final class Waiting {
  private Waiting() {}

  static Process process(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", "target/test-classes", Waiting.class.getName()));
    Process process = new ProcessBuilder(command).start();
    process.getInputStream().read(); // it has something to say once it is there
    return process;
  }

  /** What the process runs. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("Waiting");
    System.in.readAllBytes();
  }
}
