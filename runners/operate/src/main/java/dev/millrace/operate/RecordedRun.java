package dev.millrace.operate;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.RunFailedException;
import dev.millrace.launch.RunPreview;
import dev.millrace.launch.StagedRun;
import dev.millrace.ledger.AuditEntry;
import dev.millrace.ledger.Lease;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunState;
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
 */
public final class RecordedRun {
  private final Launcher launcher;
  private final Ledger ledger;
  private final Clock clock;
  private final String actor;

  private RecordedRun(Launcher launcher, Ledger ledger, Clock clock, String actor) {
    this.launcher = launcher;
    this.ledger = ledger;
    this.clock = clock;
    this.actor = actor;
  }

  /**
   * With what runs need.
   *
   * @param actor who runs them
   */
  public static RecordedRun with(Launcher launcher, Ledger ledger, Clock clock, String actor) {
    return new RecordedRun(launcher, ledger, clock, actor);
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
    String id = preview.runId();
    String inputs = RunInputs.of(preview).map(RunInputs::toString).orElse("");
    ledger.runs().start(entry(job, preview, reason));
    Heartbeat heartbeat = Heartbeat.start(() -> beat(id));
    try {
      lease(preview);
      StagedRun run = launcher.run(spec.overriding(Map.of("runId", id)));
      return publish.apply(run).withObserver(new Recorder(preview, inputs)).execute();
    } catch (RuntimeException e) {
      recordFailure(id, e);
      throw e;
    } finally {
      heartbeat.close();
      ledger.leases().release(id);
    }
  }

  private void beat(String id) {
    ledger.runs().heartbeat(id);
    ledger.leases().heartbeat(id);
  }

  /**
   * So that no two runs work on a partition: the later would replace what the earlier publishes.
   */
  private void lease(RunPreview preview) {
    String output = preview.output().toString();
    List<String> partitions =
        preview.input().map(input -> input.contract().partitions()).orElse(List.of());
    Optional<Lease> other = acquire(output, partitions, preview.runId());
    if (other.isPresent() && isGone(other.get().holder())) {
      ledger.leases().release(other.get().holder());
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

  private boolean isGone(String holder) {
    return ledger.runs().find(holder).filter(run -> Owner.isGone(run.actor())).isPresent();
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
        Optional.empty());
  }

  /** One that is published has ended, whatever came after. */
  private void recordFailure(String id, RuntimeException failure) {
    try {
      Optional<RunEntry> run = ledger.runs().find(id);
      if (run.isPresent() && run.get().endedAt().isEmpty()) {
        ledger.runs().end(id, RunState.FAILED, Optional.of(String.valueOf(failure.getMessage())));
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private final class Recorder implements PublishObserver {
    private final RunPreview preview;
    private final String inputs;

    Recorder(RunPreview preview, String inputs) {
      this.preview = preview;
      this.inputs = inputs;
    }

    @Override
    public void audited(RunReport report) {
      List<AuditEntry> audit =
          report.checks().stream()
              .map(check -> new AuditEntry(check.name(), check.passed(), check.message()))
              .toList();
      ledger.runs().staged(preview.runId(), report.balance().counts(), inputs, audit);
    }

    @Override
    public void published(Path output, List<PublishedPartition> partitions) {
      Optional<Duration> latency = preview.input().flatMap(input -> input.contract().latency());
      PublishRecord.in(ledger, clock)
          .withLatency(latency)
          .published(output, preview.runId(), partitions);
    }
  }
}
