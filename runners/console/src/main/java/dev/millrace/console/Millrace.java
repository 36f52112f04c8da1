package dev.millrace.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code millrace}. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "From topics and folders to tables that people trust.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "millrace demo",
      "  runs the bundled flights through the pipeline ingest",
      "millrace run my.job.yaml --runner=FlinkRunner --output=/data/flights",
      "  runs a job; options are Beam's, those given here win over the file's",
      "",
      "Exit codes: 0 done, 1 the data failed its checks, 2 wrong usage, 3 anything else failed"
    },
    subcommands = {
      Run.class,
      Demo.class,
      Publish.class,
      PartitionRollback.class,
      Pipelines.class,
      Contracts.class,
      Verify.class,
      BackfillVerbs.class,
      CatchUp.class,
      Jobs.class,
      Status.class,
      Dev.class,
      WorkerVerb.class
    })
public final class Millrace implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private Millrace() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    CommandLine command = command();
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(command.execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Millrace())
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Failures::misused)
        .setExecutionExceptionHandler(Failures::failed);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
