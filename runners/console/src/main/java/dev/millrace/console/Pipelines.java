package dev.millrace.console;

import dev.millrace.launch.KnownOptions;
import dev.millrace.launch.KnownOptions.Necessity;
import dev.millrace.launch.KnownOptions.Option;
import dev.millrace.pipelines.Catalog;
import dev.millrace.pipelines.PipelineDefinition;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace pipelines}. */
@Command(
    name = "pipelines",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "List the pipelines, or the options of one.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class Pipelines implements Callable<Integer> {
  private static final int NAME_WIDTH = 22;
  private static final int TEXT_WIDTH = 74;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PIPELINE",
      description = "The pipeline whose options to list.")
  private String name;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        TextTable.forColumns(
            spec.commandLine().getColorScheme(),
            new Column(NAME_WIDTH, 0, Column.Overflow.SPAN),
            new Column(TEXT_WIDTH, 0, Column.Overflow.WRAP));
    if (name == null) {
      Catalog.all().forEach(pipeline -> table.addRowValues(title(pipeline), pipeline.summary()));
    } else {
      PipelineDefinition<?> pipeline = Catalog.named(name);
      out.printf("%s: %s%n%n", title(pipeline), pipeline.summary());
      KnownOptions.of(pipeline.options())
          .own()
          .forEach(option -> table.addRowValues("--" + option.name(), description(option)));
    }
    out.print(table);
    out.flush();
    return ExitCodes.DONE;
  }

  private static String title(PipelineDefinition<?> pipeline) {
    return pipeline.name() + " " + pipeline.version();
  }

  private static String description(Option option) {
    if (option.necessity() == Necessity.REQUIRED) {
      return option.description() + " Required.";
    }
    return option.fallback().isEmpty()
        ? option.description()
        : "%s Default: %s.".formatted(option.description(), option.fallback());
  }
}
