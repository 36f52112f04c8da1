package dev.millrace.operate.run;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.RunFailedException;
import dev.millrace.launch.RunPreview;
import dev.millrace.launch.StagedRun;
import dev.millrace.ledger.AuditEntry;
import dev.millrace.ledger.Lease;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.publish.PublishObserver;
import dev.millrace.operate.publish.PublishRun;
import dev.millrace.operate.publish.PublishedPartition;
import dev.millrace.operate.report.RunReport;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.Preview;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs bounded jobs, publishes what they write, and keeps the ledger of it: that a run has started,
 * that it is alive, what its audit found, what it published and how it ended. Where the ledger
 * can't be written nothing is published, but for what was published by then.
 *
 * <p>Nobody but the command line makes a ledger by default: who calls {@link Launcher} and {@link
 * PublishRun} keeps none, and who calls this says which. A run of an id that the output has had a
 * run of before takes its place in the ledger, as it does on the disk.
 */
public final class RecordedRun {
  private final Launcher launcher;
  private final Ledger ledger;
  private final Clock clock;
  private final String actor;
  private final Duration interval;

  private RecordedRun(
      Launcher launcher, Ledger ledger, Clock clock, String actor, Duration interval) {
    this.launcher = launcher;
    this.ledger = ledger;
    this.clock = clock;
    this.actor = actor;
    this.interval = interval;
  }

  /**
   * With what runs need.
   *
   * @param actor who runs them
   */
  public static RecordedRun with(Launcher launcher, Ledger ledger, Clock clock, String actor) {
    return new RecordedRun(launcher, ledger, clock, actor, Heartbeat.INTERVAL);
  }

  /** With heartbeats more often than is usual. */
  RecordedRun withHeartbeats(Duration interval) {
    return new RecordedRun(launcher, ledger, clock, actor, interval);
  }

  /**
   * Runs a job until it is published, or refused by its audit, or only staged.
   *
   * @param job what the job is called
   * @param reason why it is run
   * @param publish how it is published
   * @throws IllegalArgumentException if the job is wrong; nothing was run then, or recorded
   */
  public RunReport execute(
      String job, JobSpec spec, String reason, Function<StagedRun, PublishRun> publish) {
    RunPreview preview = launcher.preview(spec);
    RunKey key = new RunKey(preview.output().toString(), preview.runId());
    String inputs = inputs(preview);
    start(entry(job, preview, reason));
    InputProgress progress = InputProgress.of(preview);
    Heartbeat heartbeat = Heartbeat.start(interval, () -> beat(key, progress));
    try {
      lease(preview);
      StagedRun run = launcher.run(spec.overriding(Map.of("runId", key.id())));
      return publish.apply(run).withObserver(new Recorder(preview, key, inputs)).execute();
    } catch (RuntimeException e) {
      recordFailure(key, e);
      throw e;
    } finally {
      heartbeat.close();
      ledger.leases().release(key.output(), key.id());
    }
  }

  /** Only slices are compared with what they were: others need not read their input twice. */
  private static String inputs(RunPreview preview) {
    return Intervals.of(preview.options()).isEmpty()
        ? ""
        : RunInputs.of(preview).map(RunInputs::toString).orElse("");
  }

  private void start(RunEntry run) {
    Optional<String> gone =
        ledger.runs().find(run.key()).map(RunEntry::actor).filter(Owner::isGone);
    ledger.runs().start(run, gone, Heartbeat.STALE_AFTER);
  }

  private void beat(RunKey key, InputProgress progress) {
    ledger.runs().heartbeat(key, progress.now());
    ledger.leases().heartbeat(key.output(), key.id());
  }

  /**
   * So that no two runs work on a partition: the later would replace what the earlier publishes.
   */
  private void lease(RunPreview preview) {
    String output = preview.output().toString();
    List<String> partitions =
        preview.input().map(input -> input.contract().partitions()).orElse(List.of());
    Optional<Lease> other = acquire(output, partitions, preview.runId());
    if (other.isPresent() && isGone(other.get())) {
      ledger.leases().release(output, other.get().holder());
      other = acquire(output, partitions, preview.runId());
    }
    if (other.isPresent()) {
      throw new RunFailedException(
          "Cannot run over %s of %s: run %s is at it, and was heard of at %s"
              .formatted(
                  other.get().partition(), output, other.get().holder(), other.get().heartbeatAt()),
          null);
    }
  }

  private Optional<Lease> acquire(String output, List<String> partitions, String id) {
    return ledger.leases().acquire(output, partitions, id, Heartbeat.STALE_AFTER);
  }

  private boolean isGone(Lease lease) {
    return ledger
        .runs()
        .find(new RunKey(lease.output(), lease.holder()))
        .filter(run -> Owner.isGone(run.actor()))
        .isPresent();
  }

  private RunEntry entry(String job, RunPreview preview, String reason) {
    Instant now = clock.instant();
    CheckedContract contract =
        preview.input().map(Preview::contract).orElseGet(CheckedContract::none);
    return new RunEntry(
        preview.runId(),
        job,
        preview.pipeline(),
        preview.pipelineVersion(),
        contract.id(),
        contract.version(),
        preview.runner(),
        Intervals.of(preview.options()),
        preview.output().toString(),
        preview.staging().toString(),
        RunState.RUNNING,
        actor,
        reason,
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** One that is published has ended, whatever came after. */
  private void recordFailure(RunKey key, RuntimeException failure) {
    try {
      Optional<RunEntry> run = ledger.runs().find(key);
      if (run.isPresent() && run.get().endedAt().isEmpty()) {
        ledger.runs().end(key, RunState.FAILED, Optional.of(String.valueOf(failure.getMessage())));
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private final class Recorder implements PublishObserver {
    private final RunPreview preview;
    private final RunKey key;
    private final String inputs;

    Recorder(RunPreview preview, RunKey key, String inputs) {
      this.preview = preview;
      this.key = key;
      this.inputs = inputs;
    }

    @Override
    public void audited(RunReport report) {
      List<AuditEntry> audit =
          report.checks().stream()
              .map(check -> new AuditEntry(check.name(), check.passed(), check.message()))
              .toList();
      ledger.runs().staged(key, report.balance().counts(), inputs, audit);
    }

    @Override
    public void published(Path output, List<PublishedPartition> partitions) {
      Optional<Duration> latency = preview.input().flatMap(input -> input.contract().latency());
      PublishRecord.in(ledger, clock).withLatency(latency).published(key, output, partitions);
    }
  }
}
