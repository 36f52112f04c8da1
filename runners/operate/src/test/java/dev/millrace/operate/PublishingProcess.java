package dev.millrace.operate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process of its own that publishes a staged run, or rolls a partition back, up to a step, and
 * waits there to be killed.
 */
final class PublishingProcess {
  private final PublishStep step;
  private int times;

  private PublishingProcess(PublishStep step, int times) {
    this.step = step;
    this.times = times;
  }

  /** Output folder, step, which of its occurrences, then a run, or "rollback" and a partition. */
  public static void main(String[] arguments) {
    Path output = Path.of(arguments[0]);
    PublishingProcess process =
        new PublishingProcess(PublishStep.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
    if (arguments[3].equals("rollback")) {
      Rollback.of(output, arguments[4]).withSteps(process::reached).execute();
    } else {
      PublishRun.of(StagedFolder.run(output, arguments[3], Map.of()))
          .withSteps(process::reached)
          .execute();
    }
  }

  private void reached(PublishStep now) {
    if (now == step && --times == 0) {
      System.out.println("reached");
      try {
        while (System.in.read() >= 0) {
          // Until it is killed.
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Starts one, and kills it where it waits. */
  static void killedAt(PublishStep step, int occurrence, Path output, String... what)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName(),
                output.toString(),
                step.name(),
                Integer.toString(occurrence)));
    command.addAll(List.of(what));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      if (!"reached".equals(line)) {
        throw new AssertionError("The process has ended before " + step + ": " + line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
