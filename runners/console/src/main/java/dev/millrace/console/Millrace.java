package dev.millrace.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    })
public final class Millrace implements Callable<Integer> {
  private static final List<Class<?>> VERBS =
      List.of(
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
          WorkerVerb.class);

  @Spec private CommandSpec spec;

  private Millrace() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    CommandLine command = command(arguments);
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(command.execute(arguments));
  }

  /** For arguments that begin with a verb it knows that alone: to look at all takes longer. */
  static CommandLine command(String... arguments) {
    CommandLine command = new CommandLine(new Millrace());
    verbs(arguments).forEach(command::addSubcommand);
    return command
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Failures::misused)
        .setExecutionExceptionHandler(Failures::failed);
  }

  private static List<Class<?>> verbs(String... arguments) {
    return VERBS.stream()
        .filter(verb -> arguments.length > 0 && name(verb).equals(arguments[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(VERBS);
  }

  private static String name(Class<?> verb) {
    return verb.getAnnotation(Command.class).name();
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
