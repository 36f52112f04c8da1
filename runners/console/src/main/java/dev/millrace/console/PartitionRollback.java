package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.publish.PublishedPartition;
import dev.millrace.operate.publish.Rollback;
import dev.millrace.operate.run.PublishRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Put an earlier version of a partition back in its place, in all of its tables. What is"
            + " there becomes a version itself: '--to' brings it back.",
    customSynopsis = "millrace rollback PARTITION --output=DIR [--to=RUN] [--dry-run] [--json]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = "Exit codes: 0 done, 2 no such partition, or no such version of it, 3 the disk failed")
final class PartitionRollback implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PARTITION", description = "Such as dt=2001-01-15.")
  private String partition;

  @Mixin private OutputFlag output;

  @Mixin private LedgerFlags ledger;

  @Option(
      names = "--to",
      paramLabel = "RUN",
      description = "The run whose version to put back. Default: that before the present one.")
  private String run;

  @Option(names = "--dry-run", description = "Say what would be seen, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    Path folder = output.folder();
    Rollback latest = Rollback.of(folder, partition);
    Rollback rollback = run == null ? latest : latest.to(run);
    print(folder, dryRun ? rollback.preview() : execute(rollback, folder));
    return ExitCodes.DONE;
  }

  private List<PublishedPartition> execute(Rollback rollback, Path folder) {
    try (Ledger kept = ledger.open()) {
      List<PublishedPartition> tables = rollback.execute();
      PublishRecord.in(kept, Clock.systemUTC()).rolledBack(folder, tables);
      return tables;
    }
  }

  private void print(Path folder, List<PublishedPartition> tables) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("partition", partition).put("output", folder.toString()).put("dryRun", dryRun);
      PartitionLines.addTo(root, tables);
      out.println(root.toPrettyString());
    } else {
      out.printf(
          dryRun ? "Readers of %s in %s would see:%n" : "Readers of %s in %s see now:%n",
          partition,
          folder);
      PartitionLines.of(tables).forEach(out::println);
    }
    out.flush();
  }
}
