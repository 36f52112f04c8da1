package dev.millrace.operate.backfill;

import dev.millrace.launch.JobSpec;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.publish.ReconcileRun;
import dev.millrace.operate.run.Heartbeat;
import dev.millrace.operate.run.Owner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Backfills of a ledger: made, taken over from a process that is gone, and changed. One process at
 * a time has a backfill, and runs it by {@link BackfillRun}.
 */
public final class Backfill {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Ledger ledger;
  private final Clock clock;
  private final Owner owner;

  private Backfill(Ledger ledger, Clock clock, Owner owner) {
    this.ledger = ledger;
    this.clock = clock;
    this.owner = owner;
  }

  /** Backfills that a process has to do with. */
  public static Backfill in(Ledger ledger, Clock clock, Owner owner) {
    return new Backfill(ledger, clock, owner);
  }

  /**
   * Makes a backfill of what is planned; this process has it.
   *
   * @param output the folder that its runs publish to
   * @throws dev.millrace.ledger.OverlapException if another that is running has the same slices
   */
  public BackfillEntry create(
      BackfillRequest request, JobSpec job, String output, List<SlicePlan> plans) {
    Instant now = clock.instant();
    BackfillEntry backfill =
        new BackfillEntry(
            id(job.pipeline(), request, now),
            request.job(),
            request.arguments(),
            request.waiting(),
            output,
            request.range().text(),
            request.maxActiveRuns(),
            request.reprocess().toString(),
            request.backwards(),
            BackfillState.RUNNING,
            owner.toString(),
            request.reason(),
            now,
            now,
            Optional.empty());
    List<SliceEntry> slices =
        plans.stream()
            .map(
                plan ->
                    new SliceEntry(
                        plan.interval(),
                        plan.isRun() ? SliceState.PLANNED : SliceState.SKIPPED,
                        0,
                        Optional.empty(),
                        plan.reason(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    ledger.backfills().create(backfill, slices, Heartbeat.STALE_AFTER);
    return backfill;
  }

  private String id(String pipeline, BackfillRequest request, Instant now) {
    CRC32C checksum = new CRC32C();
    checksum.update("%s %s %s".formatted(request, owner, now).getBytes(StandardCharsets.UTF_8));
    return "backfill-%s-%s-%s"
        .formatted(
            pipeline,
            TIME.format(now),
            String.format(Locale.ROOT, "%06x", checksum.getValue() & 0xffffff));
  }

  /**
   * A backfill.
   *
   * @throws IllegalArgumentException if there is none of that id
   */
  public BackfillEntry find(String id) {
    return ledger
        .backfills()
        .find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find backfill %s (see: millrace backfill list)".formatted(id)));
  }

  /**
   * Takes a backfill over, so that this process has it. What was running when its last process
   * ended is published, or planned again.
   *
   * @param failedToo whether slices that have failed are planned again, too
   * @throws IllegalArgumentException if another process has it, or it has come to its end
   */
  public BackfillEntry resume(String id, boolean failedToo) {
    BackfillEntry backfill = find(id);
    Duration staleAfter =
        Owner.isGone(backfill.actor()) ? Duration.ZERO.minusMillis(1) : Heartbeat.STALE_AFTER;
    if (backfill.state() == BackfillState.CANCELLED) {
      throw new IllegalArgumentException(
          "Cannot resume backfill %s: it was cancelled".formatted(id));
    }
    if (!ledger.backfills().takeOver(id, owner.toString(), staleAfter)) {
      throw new IllegalArgumentException(
          "Cannot resume backfill %s: %s has it, and was heard of at %s"
              .formatted(id, backfill.actor(), backfill.heartbeatAt()));
    }
    for (SliceEntry slice : ledger.backfills().slices(id)) {
      if (slice.state() == SliceState.RUNNING) {
        ledger.backfills().slice(id, reconciled(backfill.output(), slice));
      } else if (slice.state() == SliceState.FAILED && failedToo) {
        ledger.backfills().slice(id, with(slice, SliceState.PLANNED, "failed: " + slice.note()));
      }
    }
    return find(id);
  }

  private SliceEntry reconciled(String output, SliceEntry slice) {
    Optional<RunEntry> run =
        slice.runId().flatMap(name -> ledger.runs().find(new RunKey(output, name)));
    boolean published = run.isPresent() && ReconcileRun.in(ledger, clock).execute(run.get());
    return published
        ? slice.ended(SliceState.PUBLISHED, slice.note(), clock.instant(), run.get().counts())
        : with(slice, SliceState.PLANNED, "its process was killed");
  }

  private static SliceEntry with(SliceEntry slice, SliceState state, String note) {
    return new SliceEntry(
        slice.interval(),
        state,
        slice.attempt(),
        slice.runId(),
        note,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Has the process that has a backfill start no further slices.
   *
   * @throws IllegalArgumentException if it isn't running
   */
  public void pause(String id) {
    change(id, BackfillState.PAUSED, "pause", List.of(BackfillState.RUNNING));
  }

  /**
   * Ends a backfill for good, and the runs that are under way; what is published stays.
   *
   * @throws IllegalArgumentException if it has ended
   */
  public void cancel(String id) {
    change(
        id,
        BackfillState.CANCELLED,
        "cancel",
        List.of(BackfillState.RUNNING, BackfillState.PAUSED));
    for (SliceEntry slice : ledger.backfills().slices(id)) {
      if (slice.state() == SliceState.PLANNED) {
        ledger.backfills().slice(id, with(slice, SliceState.CANCELLED, slice.note()));
      }
    }
  }

  private void change(String id, BackfillState to, String verb, List<BackfillState> from) {
    BackfillState now = find(id).state();
    if (!from.contains(now)) {
      throw new IllegalArgumentException(
          "Cannot %s backfill %s: it is %s"
              .formatted(verb, id, now.toString().toLowerCase(Locale.ROOT)));
    }
    ledger.backfills().state(id, to);
  }
}
