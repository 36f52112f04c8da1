package dev.millrace.console;

import dev.millrace.operate.trial.ContractTrial;
import dev.millrace.operate.trial.TryContract;
import dev.millrace.stages.contract.Contract;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace contract test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Say what a contract would reject of files, without writing anything.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Each record is checked as in a run. What only a run can find is not looked for: duplicates"
          + " and conflicting keys, late records, references.",
      "",
      "Exit codes: 0 nothing would be rejected, 1 something would, 2 wrong usage, 3 a file can't be"
          + " read"
    })
final class ContractTest implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "An ODCS file.")
  private Path file;

  @Mixin private InputFiles input;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "Name of the schema object. Default: the only one in the contract.")
  private String schema;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many examples to print of each broken rule. Default: 3.")
  private int samples;

  @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    Contract contract = schema == null ? Contract.read(file) : Contract.read(file, schema);
    ContractTrial trial =
        TryContract.of(contract, InputReading.of(input)).withSamples(samples).execute();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(trial.json());
    } else {
      trial.summary().forEach(out::println);
    }
    out.flush();
    return trial.rejected() == 0 ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }
}
