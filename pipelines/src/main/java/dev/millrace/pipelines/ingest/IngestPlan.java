package dev.millrace.pipelines.ingest;

import dev.millrace.io.FileFormat;
import dev.millrace.io.FileSet;
import dev.millrace.io.ReadFiles;
import dev.millrace.io.WriteManifest;
import dev.millrace.io.WriteParquet;
import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.quarantine.WriteQuarantine;
import dev.millrace.record.CsvDialect;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.DecodeRecords;
import dev.millrace.stages.dedup.DropDuplicates;
import dev.millrace.stages.quality.TallyRejects;
import dev.millrace.stages.refer.ReferTo;
import dev.millrace.stages.window.Aggregate;
import dev.millrace.stages.window.SelectInterval;
import dev.millrace.stages.window.SplitLate;
import dev.millrace.stages.window.Windows;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.joda.time.Duration;

/**
 * The stages of one {@link Ingest} run, configured from its contract and options and checked: what
 * can be known to be wrong before a record is read is found here.
 */
final class IngestPlan {
  private static final long SHARD_BYTES = 32L << 20;

  private final IngestOptions options;
  private final Contract contract;
  private final Interval interval;
  private final FileSet input;
  private final References references;

  private IngestPlan(IngestOptions options) {
    this.options = options;
    this.contract = contract(options);
    this.interval = Interval.parse(options.getFrom(), options.getTo(), contract.partitioning());
    this.input =
        interval.isClosed()
            ? FileSet.match(options.getInput(), interval.from(), interval.to())
            : FileSet.match(options.getInput());
    this.references =
        checked("refer", () -> References.parse(orNone(options.getRefer()), contract.schema()));
  }

  /** The plan that these options describe, with everything checked. */
  static IngestPlan of(IngestOptions options) {
    IngestPlan plan = new IngestPlan(options);
    plan.read();
    checked("window", plan::windows);
    checked("maxRejectedPercent", () -> percent(options.getMaxRejectedPercent()));
    if (plan.aggregates()) {
      checked("aggregate", () -> plan.aggregate().schemaOver(plan.contract.schema()));
    }
    return plan;
  }

  private static Contract contract(IngestOptions options) {
    Path file = Path.of(options.getContract());
    return options.getSchema() == null
        ? Contract.read(file)
        : Contract.read(file, options.getSchema());
  }

  CheckedContract contract() {
    return new CheckedContract(contract.id(), contract.version(), contract.unchecked());
  }

  ReadFiles read() {
    ReadFiles read =
        ReadFiles.of(input).withDialect(dialect()).withMaxExpansion(options.getMaxExpansion());
    return options.getFormat() == null ? read : read.withFormat(format());
  }

  private FileFormat format() {
    return checked("format", () -> FileFormat.named(options.getFormat()));
  }

  private CsvDialect dialect() {
    char delimiter = checked("csvDelimiter", () -> character(options.getCsvDelimiter()));
    char quote = checked("csvQuote", () -> character(options.getCsvQuote()));
    return checked("csvDelimiter or --csvQuote", () -> new CsvDialect(delimiter, quote));
  }

  private static char character(String text) {
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new IllegalArgumentException(text + " (expected one character, or \\t)");
    }
    return text.charAt(0);
  }

  Bookkeeping bookkeeping() {
    return new Bookkeeping(contract.partitioning(), WriteManifest.to(options.getStaging()));
  }

  DecodeRecords decode() {
    DecodeRecords decode = DecodeRecords.against(contract);
    // An unknown reference or a conflict of keys is rejected later: until then the original must
    // travel along.
    boolean rejectsLater = refers() || !contract.dedupKey().isEmpty();
    return rejectsLater ? decode.keepingOriginals() : decode;
  }

  boolean refers() {
    return !references.isEmpty();
  }

  ReferTo referTo(Pipeline pipeline) {
    return references.check(pipeline);
  }

  SelectInterval selectInterval() {
    return SelectInterval.of(interval.beamFrom(), interval.beamTo());
  }

  DropDuplicates dropDuplicates() {
    DropDuplicates drop =
        contract.dedupKey().isEmpty()
            ? DropDuplicates.byContent()
            : DropDuplicates.byKey(contract.dedupKey());
    return drop.within(Duration.millis(contract.dedupHorizon().toMillis())).withShards(shards());
  }

  SplitLate splitLate() {
    return SplitLate.after(allowedLateness());
  }

  WriteParquet writeTable(String table) {
    return WriteParquet.to(options.getStaging(), table)
        .withPartitioning(contract.partitioning())
        .withTargetFileSize(options.getTargetFileSize())
        .withCompression(options.getCompression());
  }

  boolean aggregates() {
    return options.getAggregate() != null;
  }

  Windows windows() {
    return Windows.parse(options.getWindow()).withAllowedLateness(allowedLateness());
  }

  Aggregate aggregate() {
    return Aggregate.by(orNone(options.getGroupBy())).with(options.getAggregate());
  }

  TallyRejects tallyRejects() {
    return TallyRejects.by(contract.partitioning());
  }

  WriteQuarantine writeQuarantine() {
    Ingest pipeline = new Ingest();
    return WriteQuarantine.to(
        options.getStaging(),
        new QuarantineContext(
            contract.id(), contract.version(), pipeline.name(), pipeline.version()));
  }

  /** So many that a shard stays small in memory, so few that its files don't. */
  private int shards() {
    if (options.getShards() != null) {
      return options.getShards();
    }
    long wanted = input.uncompressedBytes() / SHARD_BYTES + 1;
    return (int) Math.max(4, Math.min(64, wanted));
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

  /** Names the option that a bad value came from. */
  private static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Invalid --%s: %s".formatted(option, e.getMessage()), e);
    }
  }
}
