package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Backfills: jobs over many slices, one process at a time to each.
 *
 * <p>A process that has a backfill says so by heartbeats; one whose heartbeat is older than another
 * process allows has died, for that other. Thread-safe.
 */
public final class Backfills {
  private final Transactions transactions;
  private final LedgerLocation location;
  private final Clock clock;

  Backfills(Transactions transactions, LedgerLocation location, Clock clock) {
    this.transactions = transactions;
    this.location = location;
    this.clock = clock;
  }

  /**
   * Adds a backfill with its slices, all or nothing. The same again changes nothing.
   *
   * @param staleAfter how old the heartbeat of another running backfill has to be for it not to
   *     matter: older than this
   * @throws OverlapException if another backfill of the output is running and has a slice that
   *     overlaps one of these
   * @throws IllegalArgumentException if there is another backfill of that id
   */
  public void create(BackfillEntry backfill, List<SliceEntry> slices, Duration staleAfter) {
    Instant staleBefore = clock.instant().minus(staleAfter);
    List<Interval> intervals = slices.stream().map(SliceEntry::interval).toList();
    transactions.write(
        handle -> {
          Transactions.lock(handle, backfill.output(), 0);
          refuseOverlap(handle, backfill.id(), backfill.output(), intervals, staleBefore);
          if (!BackfillRows.insert(handle, backfill)) {
            throw new IllegalArgumentException(
                "Invalid backfill: %s (expected another id: ledger %s has a backfill of this one)"
                    .formatted(backfill.id(), location));
          }
          SliceRows.insert(handle, backfill.id(), slices);
          return null;
        });
  }

  private static void refuseOverlap(
      Handle handle, String id, String output, List<Interval> intervals, Instant staleBefore) {
    Overlap.find(intervals, SliceRows.running(handle, id, output, staleBefore))
        .ifPresent(
            other -> {
              throw new OverlapException(id, output, other.backfill(), other.interval());
            });
  }

  /**
   * Resumes a backfill, however far it is: it is running, and last heard of now, and its process is
   * the caller's.
   *
   * @param actor who has it now
   * @param staleAfter how old the heartbeat of a process that has it must be: older than this
   * @return whether the caller has it; false if another process does
   * @throws OverlapException as for {@link #create}
   */
  public boolean takeOver(String id, String actor, Duration staleAfter) {
    BackfillEntry backfill = known(id);
    // The number tells a later attempt that this call has got it already.
    long ticket = transactions.write(handle -> BackfillRows.drawTicket(handle, id));
    Instant now = clock.instant();
    Instant staleBefore = now.minus(staleAfter);
    return transactions.write(
        handle -> {
          Transactions.lock(handle, backfill.output(), 0);
          List<Interval> intervals =
              SliceRows.of(handle, id).stream().map(SliceEntry::interval).toList();
          refuseOverlap(handle, id, backfill.output(), intervals, staleBefore);
          return BackfillRows.takeOver(handle, id, actor, ticket, now, staleBefore);
        });
  }

  /** Says that the process that has a backfill is there. */
  public void heartbeat(String id) {
    Instant now = clock.instant();
    int changed = transactions.write(handle -> BackfillRows.heartbeat(handle, id, now));
    requireKnown(id, changed);
  }

  /**
   * Says that the process that has a backfill has it no longer: another may take it over at once.
   */
  public void letGo(String id) {
    requireKnown(
        id, transactions.write(handle -> BackfillRows.heartbeat(handle, id, Instant.EPOCH)));
  }

  /** How far a backfill is; another process may have paused or cancelled it. */
  public BackfillState state(String id) {
    return known(id).state();
  }

  /**
   * Sets how far a backfill is, unless it has come to an end.
   *
   * @return how far it is now: an end that it came to before stays
   */
  public BackfillState state(String id, BackfillState state) {
    Instant now = clock.instant();
    Optional<BackfillState> after =
        transactions.write(
            handle -> {
              BackfillRows.state(handle, id, state, now);
              return BackfillRows.find(handle, id).map(BackfillEntry::state);
            });
    return after.orElseThrow(() -> unknown(id));
  }

  /**
   * Sets how far a slice is.
   *
   * @param slice one of the backfill's, by its interval
   */
  public void slice(String id, SliceEntry slice) {
    if (transactions.write(handle -> SliceRows.update(handle, id, slice)) == 0) {
      throw new IllegalArgumentException(
          "Cannot find slice %s of backfill %s in ledger %s"
              .formatted(slice.interval(), id, location));
    }
  }

  /** A backfill by its id. */
  public Optional<BackfillEntry> find(String id) {
    return transactions.read(handle -> BackfillRows.find(handle, id));
  }

  /** All backfills, the newest first. */
  public List<BackfillEntry> all() {
    return transactions.read(BackfillRows::all).stream()
        .sorted(comparing(BackfillEntry::createdAt).thenComparing(BackfillEntry::id).reversed())
        .toList();
  }

  /** The slices of a backfill, by time; none, if there is no such backfill. */
  public List<SliceEntry> slices(String id) {
    return transactions.read(handle -> SliceRows.of(handle, id));
  }

  private BackfillEntry known(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private void requireKnown(String id, int changed) {
    if (changed == 0) {
      throw unknown(id);
    }
  }

  private IllegalArgumentException unknown(String id) {
    return new IllegalArgumentException(
        "Cannot find backfill %s in ledger %s".formatted(id, location));
  }
}
