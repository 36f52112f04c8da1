package dev.millrace.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code millrace dev tour}: the other verbs, one after the other, each shown as one would type it.
 */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "See real flights go through a topic into tables, on a stack that is there for as long.",
      "",
      "Starts a stack of its own, sends the flights to a topic and what is wrong with them to a topic"
          + " of dead letters, reads the topic again on the Flink cluster, shows partitions, dead"
          + " letters and status, and ends the stack. It prints each command before it runs it."
    },
    optionListHeading = "%nOptions:%n")
final class DevTour implements Callable<Integer> {
  private static final String FLIGHTS = "flights";
  private static final String REJECTED = "flights.rejected";

  /** The id of the run on the cluster. */
  private static final String RUN = "tour";

  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Option(
      names = "--input",
      paramLabel = "FILES",
      description = "The flights to send. Default: the two weeks that come with the source.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      defaultValue = "out/tour",
      description = "Where the tables go, and stay. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (flags.state == null) {
      flags.state = Path.of(".millrace", "tour");
    }
    refuseAStackThatIsThere();
    try {
      int code = start();
      return code == ExitCodes.DONE ? visit() : code;
    } finally {
      type("dev", "down", "--wipe");
    }
  }

  /** At its end the tour deletes its stack, with all topics. */
  private void refuseAStackThatIsThere() {
    if (Files.exists(flags.state)) {
      throw new IllegalArgumentException(
          "Cannot tour with the stack in %1$s: it exists (millrace dev down --wipe --state=%1$s deletes it)"
              .formatted(flags.state));
    }
  }

  private int start() {
    int code = type("dev", "up");
    return code == ExitCodes.DONE ? type("dev", "topic", FLIGHTS, REJECTED) : code;
  }

  private int visit() throws IOException {
    int code = send();
    if (code == ExitCodes.DONE) {
      code = receive();
    }
    if (code == ExitCodes.DONE) {
      showPartitions();
      code = type("dev", "peek", REJECTED, "--max=3");
    }
    return code == ExitCodes.DONE
        ? run(List.of("status", RUN, "--flinkMaster=" + flags.cluster()))
        : code;
  }

  private int send() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                flights("flights.job.yaml"),
                "--bootstrapServers=" + flags.broker(),
                "--outputTopic=" + FLIGHTS,
                "--outputKey=origin",
                "--deadLetterTopic=" + REJECTED,
                "--output=" + output.resolve("sent")));
    if (input != null) {
      command.add("--input=" + input);
    }
    return run(command);
  }

  /** In the topic they are in no order of time: the watermark stays behind by all of it. */
  private int receive() {
    return run(
        List.of(
            "run",
            "ingest",
            "--topic=" + FLIGHTS,
            "--bootstrapServers=" + flags.broker(),
            "--contract=" + flights("flights.odcs.yaml"),
            "--streaming",
            "--until-idle=10s",
            "--maxOutOfOrderness=15d",
            "--runner=FlinkRunner",
            "--flinkMaster=" + flags.cluster(),
            "--runId=" + RUN,
            "--output=" + output.resolve("received")));
  }

  private void showPartitions() throws IOException {
    Path records = output.resolve("received").resolve("records");
    out().println("\n# What was published in " + records);
    try (Stream<Path> files = Files.walk(records)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out().println("%10s  %s".formatted(Files.size(file), records.relativize(file)));
      }
    }
  }

  /** Runs a verb that deals with the tour's stack. */
  private int type(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.add("--state=" + flags.state);
    return run(command);
  }

  private int run(List<String> command) {
    out().println("\n$ ./millrace " + String.join(" ", command));
    CommandLine line = Millrace.command();
    line.setOut(out());
    line.setErr(spec.commandLine().getErr());
    return line.execute(command.toArray(String[]::new));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String flights(String file) {
    Path home = Path.of(System.getProperty("millrace.home", ""));
    return home.resolve("testdata").resolve("flights").resolve(file).toString();
  }
}
