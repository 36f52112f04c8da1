package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunKey;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.publish.PublishStaged;
import dev.millrace.operate.publish.PublishedPartition;
import dev.millrace.operate.run.PublishRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace publish}, which also has a verb of its own. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Publish a run that was staged and has passed its audit ('run --into=staging-only' leaves"
          + " one).",
      "",
      "Each of its files is read again and must be as the audit found it. What it replaces is kept"
          + " as an earlier version ('rollback')."
    },
    customSynopsis = {
      "millrace publish RUN --output=DIR [--into=DIR] [--dry-run] [--json]",
      "millrace publish diff RUN --output=DIR [--OPTION=VALUE]..."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nVerbs:%n",
    footerHeading = "%n",
    footer =
        "Exit codes: 0 done, 2 no such run, or not audited, 3 the disk failed, or a file has"
            + " changed since the audit",
    subcommands = PublishDiff.class)
final class Publish implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Not required of who asks for a verb. */
  @Parameters(paramLabel = "RUN", arity = "0..1", description = "The id of the run.")
  private String run;

  @Mixin private OutputFlag output;

  @Mixin private LedgerFlags ledger;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "Publish it to another output folder, on the same file system.")
  private Path into;

  @Option(names = "--dry-run", description = "Say what would be published, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (run == null) {
      throw new IllegalArgumentException("Missing required value: RUN (the id of a staged run)");
    }
    Path folder = output.folder();
    PublishStaged staged = PublishStaged.of(folder, run);
    Path target = into == null ? folder : into.toAbsolutePath().normalize();
    PublishStaged publish = into == null ? staged : staged.into(target);
    print(target, dryRun ? publish.preview() : publish(publish, folder, target));
    return ExitCodes.DONE;
  }

  private List<PublishedPartition> publish(PublishStaged publish, Path folder, Path target) {
    try (Ledger kept = ledger.open()) {
      Optional<Duration> latency = publish.latency();
      List<PublishedPartition> partitions = publish.execute();
      PublishRecord.in(kept, Clock.systemUTC())
          .withLatency(latency)
          .published(new RunKey(folder.toString(), run), target, partitions);
      return partitions;
    }
  }

  private void print(Path target, List<PublishedPartition> partitions) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("run", run).put("output", target.toString()).put("dryRun", dryRun);
      PartitionLines.addTo(root, partitions);
      out.println(root.toPrettyString());
    } else {
      PartitionLines.of(partitions).forEach(out::println);
      out.println();
      out.printf(
          "%s %s to %s: %s%n",
          dryRun ? "Would publish" : "Published",
          run,
          target,
          Quantities.count(PartitionLines.published(partitions), "partition"));
    }
    out.flush();
  }
}
