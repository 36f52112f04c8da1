package dev.millrace.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.launch.Launcher;
import dev.millrace.operate.parity.Parity;
import dev.millrace.operate.parity.VerifyParity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code millrace verify parity}. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Run a job bounded and unbounded, on every runner, in other orders of arrival, and compare"
            + " what the runs publish. Nothing is published where the job says.",
    customSynopsis =
        "millrace verify parity JOB.yaml|PIPELINE [--json] [--debug] [--OPTION=VALUE]...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = "Exit codes: 0 all runs give one answer, 1 they don't, 2 wrong usage, 3 a run failed")
final class ParityCheck implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RunFlags flags;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE",
      description = "A job file, or the name of a pipeline.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    flags.apply();
    Path scratch = Files.createTempDirectory("millrace-parity-");
    try {
      Parity parity =
          VerifyParity.of(
                  Launcher.create(Clock.systemUTC()),
                  Job.named(job).withArguments(options),
                  scratch)
              .withProgress(this::show)
              .execute();
      print(parity);
      return parity.holds() ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
    } finally {
      delete(scratch);
    }
  }

  private void show(Parity.Run run) {
    if (!flags.json) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT, "%,9d rows, %3d s  %s%n", run.rows(), run.elapsed().toSeconds(), run.name());
      out.flush();
    }
  }

  private void print(Parity parity) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (flags.json) {
      out.println(json(parity));
    } else if (parity.holds()) {
      out.printf("%nOne answer: %s runs publish the same%n", parity.runs().size());
    } else {
      out.printf("%nNot one answer; the first differences:%n");
      parity.differences().forEach(difference -> out.println("  " + difference));
    }
    out.flush();
  }

  private static String json(Parity parity) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("holds", parity.holds());
    for (Parity.Run run : parity.runs()) {
      root.withArray("runs")
          .addObject()
          .put("name", run.name())
          .put("rows", run.rows())
          .put("millis", run.elapsed().toMillis());
    }
    parity.differences().forEach(root.putArray("differences")::add);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
