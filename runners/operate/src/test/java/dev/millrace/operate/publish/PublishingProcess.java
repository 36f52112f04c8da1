package dev.millrace.operate.publish;

import dev.millrace.operate.StagedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that publishes staged runs, or rolls partitions back, each up to a step, and
 * waits there to be killed. Each has its thread and its output folder, and begins when the one
 * before is at its step.
 */
final class PublishingProcess {
  private final Kill kill;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private int occurrences;

  private PublishingProcess(Kill kill) {
    this.kill = kill;
  }

  /**
   * At which occurrence of a step the process is killed.
   *
   * @param run the staged one that it publishes
   * @param partition the one that it rolls back, instead, if it isn't empty
   */
  record Kill(PublishStep step, int occurrence, Path output, String run, String partition) {
    static Kill ofPublish(PublishStep step, int occurrence, Path output, String run) {
      return new Kill(step, occurrence, output, run, "");
    }

    static Kill ofRollback(PublishStep step, int occurrence, Path output, String partition) {
      return new Kill(step, occurrence, output, "", partition);
    }

    private String line() {
      return String.join(
          "\n", step.name(), Integer.toString(occurrence), output.toString(), run, partition);
    }

    private static Kill parse(String line) {
      String[] parts = line.split("\n", -1);
      return new Kill(
          PublishStep.valueOf(parts[0]),
          Integer.parseInt(parts[1]),
          Path.of(parts[2]),
          parts[3],
          parts[4]);
    }
  }

  /** An argument for each. */
  public static void main(String[] arguments) throws IOException {
    for (String argument : arguments) {
      new PublishingProcess(Kill.parse(argument)).goToTheStep();
    }
    System.out.println("reached");
    while (System.in.read() >= 0) {
      // Until it is killed.
    }
  }

  private void goToTheStep() {
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(this::publish, PublishingProcess::inAThread);
    CompletableFuture.anyOf(reached, ended).join();
    if (!reached.isDone()) {
      throw new IllegalStateException("It has ended before " + kill);
    }
  }

  private static void inAThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void publish() {
    if (kill.partition().isEmpty()) {
      PublishRun.of(StagedFolder.run(kill.output(), kill.run(), Map.of()))
          .withSteps(this::told)
          .execute();
    } else {
      Rollback.of(kill.output(), kill.partition()).withSteps(this::told).execute();
    }
  }

  private void told(PublishStep now) {
    if (now == kill.step() && ++occurrences == kill.occurrence()) {
      reached.complete(null);
      while (true) {
        LockSupport.park();
      }
    }
  }

  /** Starts one, and kills it where all of these wait. */
  static void killedAt(List<Kill> kills) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName()));
    kills.stream().map(Kill::line).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      if (!"reached".equals(line)) {
        throw new AssertionError("The process has ended: " + line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
