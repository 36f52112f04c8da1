package dev.millrace.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code millrace run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run a pipeline, audit what it wrote, and publish that if it balances.",
    customSynopsis = "millrace run JOB.yaml|PIPELINE [--json] [--debug] [--OPTION=VALUE]...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "Any other option is the pipeline's ('millrace pipelines ingest' lists those of ingest) or"
            + " Beam's, such as --runner=FlinkRunner, and wins over the job file's.")
final class Run implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RunFlags flags;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE",
      description = "A job file, or the name of a pipeline.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    flags.apply();
    return new Session(spec.commandLine(), flags).run(Job.named(job).withArguments(options));
  }
}
