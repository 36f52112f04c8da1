package dev.millrace.chaos;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** Runs commands of the system. */
final class Command {
  private Command() {}

  /**
   * Runs one until it ends.
   *
   * @throws IOException if it fails, with what it says
   */
  static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (exitCode(process) != 0) {
      throw new IOException("Cannot %s: %s".formatted(String.join(" ", command), said));
    }
  }

  /** Waits until a process has ended. */
  static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot wait for a process: interrupted");
    }
  }
}
