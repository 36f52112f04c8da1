package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code millrace demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run two weeks of real flights, which come with the source, through ingest.",
    customSynopsis = "millrace demo [--json] [--debug] [--OPTION=VALUE]...",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "It is 'millrace run testdata/flights/flights.job.yaml', and takes the same options, such as"
            + " --runner=FlinkRunner, --output=FOLDER or --input=FILES.")
final class Demo implements Callable<Integer> {
  private static final String JOB = "testdata/flights/flights.job.yaml";

  @Spec private CommandSpec spec;

  @Mixin private RunFlags flags;

  @Mixin private LedgerFlags ledger;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    flags.apply();
    String job = job().toString();
    JobSpec demo = Job.named(job).withArguments(options);
    Session session = new Session(spec.commandLine(), flags);
    if (Job.goesOn(demo)) {
      return session.run(demo);
    }
    try (Ledger kept = ledger.of(demo).open()) {
      return session.run(demo, Job.identity(job), kept);
    }
  }

  /** Below the folder of the source, which the launcher script names. */
  private static Path job() {
    Path home = Path.of(System.getProperty("millrace.home", ""));
    Path job = home.resolve(JOB);
    if (!Files.isRegularFile(job)) {
      throw new IllegalArgumentException(
          "Cannot find the demo: %s is not there (millrace.home names the folder of the source)"
              .formatted(job.toAbsolutePath()));
    }
    return job;
  }
}
