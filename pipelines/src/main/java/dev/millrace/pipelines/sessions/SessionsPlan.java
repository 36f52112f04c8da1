package dev.millrace.pipelines.sessions;

import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.io.files.ReadOriginals;
import dev.millrace.io.table.WriteManifest;
import dev.millrace.io.table.WriteTable;
import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.quarantine.WriteQuarantine;
import dev.millrace.record.Durations;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.DecodeRecords;
import dev.millrace.stages.dedup.DropDuplicates;
import dev.millrace.stages.quality.TallyRejects;
import dev.millrace.stages.window.Aggregate;
import dev.millrace.stages.window.Windows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.StreamingOptions;
import org.joda.time.Duration;

/** The stages of one {@link Sessions} run, configured from its contract and options and checked. */
final class SessionsPlan {
  private final SessionsOptions options;
  private final Contract contract;
  private final FileSet input;

  private SessionsPlan(SessionsOptions options) {
    this.options = options;
    this.contract = Contract.read(Path.of(options.getContract()));
    this.input = FileSet.match(options.getInput());
  }

  /** The plan that these options describe, with everything checked. */
  static SessionsPlan of(SessionsOptions options) {
    if (options.as(StreamingOptions.class).isStreaming()) {
      throw new IllegalArgumentException(
          "Invalid --streaming: true (expected a bounded run: a session of files ends with them)");
    }
    SessionsPlan plan = new SessionsPlan(options);
    checked("sessionKey", () -> plan.contract.schema().index(options.getSessionKey()));
    checked("gap", plan::windows);
    checked("aggregate", plan::toSessions);
    return plan;
  }

  CheckedContract contract() {
    return CheckedContract.of(contract);
  }

  FileSet input() {
    return input;
  }

  Bookkeeping bookkeeping() {
    return new Bookkeeping(contract, WriteManifest.to(options.getStaging()));
  }

  DecodeRecords decode() {
    DecodeRecords decode = DecodeRecords.against(contract);
    boolean conflicts = !contract.dedupKey().isEmpty() && originals().isEmpty();
    return conflicts ? decode.keepingOriginals() : decode;
  }

  /** Where the bytes of conflicts are read again, if they can be. */
  private Optional<ReadOriginals> originals() {
    return ReadFiles.of(input).originals();
  }

  DropDuplicates dropDuplicates() {
    return byKeyOrContent().within(Duration.millis(contract.dedupHorizon().toMillis()));
  }

  private DropDuplicates byKeyOrContent() {
    if (contract.dedupKey().isEmpty()) {
      return DropDuplicates.byContent();
    }
    DropDuplicates drop = DropDuplicates.byKey(contract.dedupKey());
    return originals().map(drop::withOriginalsFrom).orElse(drop);
  }

  Windows windows() {
    return Windows.parse("session " + options.getGap());
  }

  Aggregate aggregate() {
    String more = options.getAggregate() == null ? "" : "," + options.getAggregate();
    return Aggregate.by(List.of(options.getSessionKey())).with("count" + more);
  }

  ToSessions toSessions() {
    long gapMillis = Durations.parse("gap", options.getGap()).toMillis();
    return new ToSessions(
        new SessionRow(aggregate().schemaOver(contract.schema()), Duration.millis(gapMillis)));
  }

  WriteTable writeTable(String table) {
    return WriteTable.to(options.getStaging(), table).withPartitioning(contract.partitioning());
  }

  TallyRejects tallyRejects() {
    return TallyRejects.by(contract.partitioning());
  }

  WriteQuarantine writeQuarantine() {
    Sessions pipeline = new Sessions();
    return WriteQuarantine.to(
        options.getStaging(),
        new QuarantineContext(
            contract.id(), contract.version(), pipeline.name(), pipeline.version()));
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
