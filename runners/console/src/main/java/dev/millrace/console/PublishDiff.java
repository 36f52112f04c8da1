package dev.millrace.console;

import dev.millrace.operate.publish.DiffStaged;
import dev.millrace.operate.publish.StagedDiff;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace publish diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Say which rows publishing a staged run would add, remove and change. Nothing is written.",
      "",
      "Rows are compared in the partitions that the run would replace or take away, whatever the"
          + " formats are; a row that is there twice is not one that is there once."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "Exit codes: 0 compared, also if rows differ, 2 no such run, table or field, 3 a file can't"
            + " be read")
final class PublishDiff implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The id of a staged run.")
  private String run;

  @Mixin private OutputFlag output;

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "FIELD",
      description =
          "Fields that tell rows apart, separated by commas: a row of the same key has changed."
              + " Default: whole rows, which are added or removed.")
  private List<String> key = List.of();

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many rows to show that are added, removed, and changed. Default: 3.")
  private int samples;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      defaultValue = "records",
      description = "The table to compare. Default: records.")
  private String table;

  @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    StagedDiff diff =
        DiffStaged.of(output.folder(), run)
            .withTable(table)
            .withKey(key)
            .withSamples(samples)
            .execute();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(diff.json());
    } else {
      diff.summary().forEach(out::println);
    }
    out.flush();
    return ExitCodes.DONE;
  }
}
