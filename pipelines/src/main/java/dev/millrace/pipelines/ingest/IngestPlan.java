package dev.millrace.pipelines.ingest;

import dev.millrace.io.table.PublishCommits;
import dev.millrace.io.table.TableFormat;
import dev.millrace.io.table.WriteManifest;
import dev.millrace.io.table.WriteTable;
import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.quarantine.WriteQuarantine;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.DecodeRecords;
import dev.millrace.stages.dedup.DropDuplicates;
import dev.millrace.stages.quality.TallyBlocks;
import dev.millrace.stages.quality.TallyRejects;
import dev.millrace.stages.refer.ReferTo;
import dev.millrace.stages.window.Aggregate;
import dev.millrace.stages.window.SelectRejects;
import dev.millrace.stages.window.SplitLate;
import dev.millrace.stages.window.Windows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * The stages of one {@link Ingest} run, configured from its contract and options and checked: what
 * can be known to be wrong before a record is read is found here.
 */
final class IngestPlan {
  private static final String UPDATES = "aggregate_updates";

  private final IngestOptions options;
  private final Contract contract;
  private final Slice slice;
  private final IngestInput input;
  private final References references;
  private final IngestSinks sinks;

  private IngestPlan(IngestOptions options) {
    this.options = options;
    this.contract = contract(options);
    this.slice =
        Slice.of(options, contract, aggregates() ? Optional.of(windows()) : Optional.empty());
    this.input = IngestInput.of(options, contract, slice);
    this.references = references(options, contract);
    this.sinks = IngestSinks.of(options, contract, context());
  }

  /** The plan that these options describe, with everything checked. */
  static IngestPlan of(IngestOptions options) {
    IngestPlan plan = new IngestPlan(options);
    plan.read();
    plan.windows();
    Choice.checked("maxRejectedPercent", () -> percent(options.getMaxRejectedPercent()));
    Choice.checked("groupBy", () -> plan.contract.schema().indexes(orNone(options.getGroupBy())));
    if (plan.aggregates()) {
      Choice.checked("aggregate", () -> plan.aggregate().schemaOver(plan.contract.schema()));
    }
    plan.bookkeeping();
    return plan;
  }

  private static Contract contract(IngestOptions options) {
    Path file = Path.of(options.getContract());
    return options.getSchema() == null
        ? Contract.read(file)
        : Contract.read(file, options.getSchema());
  }

  /** The contract of these options, with the partitions of their interval. */
  static CheckedContract checked(IngestOptions options) {
    Contract contract = contract(options);
    Interval interval = Interval.parse(options.getFrom(), options.getTo(), contract.partitioning());
    return CheckedContract.of(contract)
        .withPartitions(interval.partitions(contract.partitioning()));
  }

  private static References references(IngestOptions options, Contract contract) {
    References references =
        Choice.checked(
            "refer", () -> References.parse(orNone(options.getRefer()), contract.schema()));
    if (options.getReferRefresh() == null) {
      return references;
    }
    java.time.Duration interval = Choice.duration("referRefresh", options.getReferRefresh());
    References refreshed = Choice.checked("referRefresh", () -> references.refreshed(interval));
    return options.isStreaming() ? refreshed : references;
  }

  CheckedContract contract() {
    return CheckedContract.of(contract).withPartitions(slice.partitions(contract.partitioning()));
  }

  List<String> files() {
    return input.files();
  }

  PTransform<PBegin, PCollection<RawBlock>> read() {
    return input.read();
  }

  TallyBlocks tallyRead() {
    return input.tally();
  }

  void shuffleInput(Path folder, long seed) {
    sinks.refuseTrial();
    input.shuffle(folder, contract.allowedLateness(), seed);
  }

  Bookkeeping bookkeeping() {
    return commits()
        ? new Bookkeeping(contract, publishCommits())
        : new Bookkeeping(contract, WriteManifest.to(options.getStaging()));
  }

  /** Whether the run publishes while it goes on, since it doesn't end by itself. */
  boolean commits() {
    return options.isStreaming() && options.getUntilIdle() == null;
  }

  private PublishCommits publishCommits() {
    PublishCommits publish =
        PublishCommits.of(schedule(), options.getStaging(), options.getOutput())
            .withAppended(Set.of(UPDATES));
    if (options.getQuarantine() != null) {
      publish = publish.withQuarantine(options.getQuarantine());
    }
    return options.getMaxRejectedPercent() == null
        ? publish
        : publish.withMaxRejectedPercent(options.getMaxRejectedPercent());
  }

  /** A partition waits for the windows that start in it: its tables are published together. */
  private CommitSchedule schedule() {
    if (options.getRunId() == null) {
      throw new IllegalArgumentException("Missing required value: runId");
    }
    Duration windows = aggregates() ? windows().overhang(contract.partitioning()) : Duration.ZERO;
    long interval = Choice.duration("commitInterval", options.getCommitInterval()).toMillis();
    return Choice.checked(
        "commitInterval",
        () ->
            CommitSchedule.of(
                options.getRunId(),
                Duration.millis(interval),
                contract.partitioning(),
                allowedLateness().plus(windows)));
  }

  /**
   * An unknown reference or a conflict of keys is rejected later. Until then the original travels
   * along, unless it can be read again once it is known which records are in conflict. What is sent
   * to a topic has its envelope with it to the end.
   */
  DecodeRecords decode() {
    boolean conflicts = !contract.dedupKey().isEmpty() && input.originals().isEmpty();
    DecodeRecords decode = DecodeRecords.against(contract);
    if (refers() || conflicts) {
      decode = decode.keepingOriginals();
    } else if (options.getOutputTopic() != null) {
      decode = decode.keepingEnvelopes();
    }
    return commits() ? decode.withReadTimes() : decode;
  }

  boolean refers() {
    return !references.isEmpty();
  }

  ReferTo referTo(PCollection<RawBlock> raw) {
    return references.check(raw);
  }

  Slice slice() {
    return slice;
  }

  SelectRejects selectRejects() {
    return slice.selectRejects(input.days());
  }

  DropDuplicates dropDuplicates() {
    return byKeyOrContent()
        .within(Duration.millis(contract.dedupHorizon().toMillis()))
        .withAllowedLateness(allowedLateness())
        .withShards(options.getShards() == null ? input.shards() : options.getShards());
  }

  private DropDuplicates byKeyOrContent() {
    if (contract.dedupKey().isEmpty()) {
      return DropDuplicates.byContent();
    }
    DropDuplicates drop = DropDuplicates.byKey(contract.dedupKey());
    return input.originals().map(drop::withOriginalsFrom).orElse(drop);
  }

  SplitLate splitLate() {
    SplitLate split = SplitLate.after(allowedLateness());
    return commits() ? split.byReadTimes() : split;
  }

  WriteTable writeTable(String table) {
    return commits() ? staged(table).withCommits(schedule()) : staged(table);
  }

  /** The last results of windows come when their allowed lateness has passed. */
  WriteTable writeAggregates() {
    return commits()
        ? staged("aggregates").withCommits(schedule().delayedBy(allowedLateness()))
        : staged("aggregates");
  }

  /** The results before the last would be of no use if they waited for their partition. */
  WriteTable writeUpdates() {
    return commits()
        ? staged(UPDATES).withCommits(schedule().delayedBy(allowedLateness()).withoutWaiting())
        : staged(UPDATES);
  }

  private WriteTable staged(String table) {
    return WriteTable.to(options.getStaging(), table)
        .withPartitioning(contract.partitioning())
        .withTargetFileSize(options.getTargetFileSize())
        .withFormat(
            Choice.checked("outputFormat", () -> TableFormat.named(options.getOutputFormat())))
        .withCompression(options.getCompression());
  }

  boolean aggregates() {
    return options.getAggregate() != null;
  }

  Windows windows() {
    Windows windows =
        Choice.checked("window", () -> Windows.parse(options.getWindow()))
            .withAllowedLateness(allowedLateness());
    if (!hasUpdates()) {
      return windows;
    }
    long delay = Choice.duration("earlyFirings", options.getEarlyFirings()).toMillis();
    return Choice.checked("earlyFirings", () -> windows.withEarlyFirings(Duration.millis(delay)));
  }

  /** Whether the results of windows before their last are to be kept, too. */
  boolean hasUpdates() {
    return options.getEarlyFirings() != null;
  }

  Aggregate aggregate() {
    return Aggregate.by(orNone(options.getGroupBy())).with(options.getAggregate());
  }

  TallyRejects tallyRejects() {
    return TallyRejects.by(contract.partitioning());
  }

  TallyRejects tallyOtherRejects() {
    return tallyRejects().ofOtherSlices();
  }

  WriteQuarantine writeQuarantine() {
    WriteQuarantine write = WriteQuarantine.to(options.getStaging(), context());
    return commits() ? write.withCommits(schedule()) : write;
  }

  private QuarantineContext context() {
    Ingest pipeline = new Ingest();
    return new QuarantineContext(
        contract.id(), contract.version(), pipeline.name(), pipeline.version());
  }

  /** Where records are sent to beside the files of this run. */
  IngestSinks sinks() {
    return sinks;
  }

  private Duration allowedLateness() {
    return Duration.millis(contract.allowedLateness().toMillis());
  }

  private static List<String> orNone(List<String> values) {
    return values == null ? List.of() : values;
  }

  private static Double percent(Double percent) {
    if (percent != null && !(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " (expected a number from 0 to 100)");
    }
    return percent;
  }
}
