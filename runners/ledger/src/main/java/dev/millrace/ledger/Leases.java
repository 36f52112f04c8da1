package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Who may publish a partition now: one holder at a time, who has to be heard of now and then.
 *
 * <p>A lease that isn't released is another's for the taking when its last heartbeat is older than
 * the other allows. Thread-safe.
 */
public final class Leases {
  private final Transactions transactions;
  private final Clock clock;

  Leases(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Acquires all partitions or none. Those that the holder has stay theirs, and count as heard of
   * now.
   *
   * @param staleAfter how old the heartbeat of another holder has to be for their leases to be
   *     taken over: older than this
   * @return the lease that is in the way, the first by partition; empty if the holder has them all
   */
  public Optional<Lease> acquire(
      String output, Collection<String> partitions, String holder, Duration staleAfter) {
    Instant now = clock.instant();
    List<String> wanted = List.copyOf(new TreeSet<>(partitions));
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    try {
      transactions.write(
          handle -> {
            Transactions.lock(handle, output, 0);
            int[] taken = take(handle, output, wanted, holder, now, now.minus(staleAfter));
            refuseIfHeld(handle, output, wanted, taken);
            return null;
          });
      return Optional.empty();
    } catch (HeldException e) {
      return Optional.of(e.lease);
    }
  }

  /**
   * How many rows there are of each partition that the holder has now: one, or none. The condition
   * is judged where the row is changed, since a holder may be heard of without locking the output.
   */
  private static int[] take(
      Handle handle,
      String output,
      List<String> partitions,
      String holder,
      Instant now,
      Instant staleBefore) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO leases (output, partition_name, holder, acquired_at, heartbeat_at)
            VALUES (:output, :partition, :holder, :now, :now)
            ON CONFLICT (output, partition_name) DO UPDATE SET
              holder = excluded.holder,
              acquired_at = CASE WHEN leases.holder = excluded.holder
                THEN leases.acquired_at ELSE excluded.acquired_at END,
              heartbeat_at = excluded.heartbeat_at
            WHERE leases.holder = excluded.holder OR leases.heartbeat_at < :staleBefore
            """);
    for (String partition : partitions) {
      batch
          .bind("output", output)
          .bind("partition", partition)
          .bind("holder", holder)
          .bind("now", now)
          .bind("staleBefore", staleBefore)
          .add();
    }
    return batch.execute();
  }

  private static void refuseIfHeld(
      Handle handle, String output, List<String> partitions, int[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == 0) {
        throw new HeldException(find(handle, output, partitions.get(i)));
      }
    }
  }

  private static Lease find(Handle handle, String output, String partition) {
    return handle
        .createQuery("SELECT * FROM leases WHERE output = :output AND partition_name = :partition")
        .bind("output", output)
        .bind("partition", partition)
        .map((row, context) -> lease(row))
        .one();
  }

  /** Gets out of a transaction whose changes are to be undone. */
  private static final class HeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Lease lease;

    HeldException(Lease lease) {
      super(null, null, false, false);
      this.lease = lease;
    }
  }

  /**
   * Says that a holder is there.
   *
   * @return how many leases on partitions of the output they have: fewer than they acquired, if
   *     others took some over
   */
  public int heartbeat(String output, String holder) {
    Instant now = clock.instant();
    return transactions.write(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE leases SET heartbeat_at = :now
                    WHERE output = :output AND holder = :holder
                    """)
                .bind("now", now)
                .bind("output", output)
                .bind("holder", holder)
                .execute());
  }

  /** Gives up all leases of a holder on partitions of an output. */
  public void release(String output, String holder) {
    transactions.write(
        handle ->
            handle
                .createUpdate("DELETE FROM leases WHERE output = :output AND holder = :holder")
                .bind("output", output)
                .bind("holder", holder)
                .execute());
  }

  /** The leases on partitions of an output, stale ones among them, by partition. */
  public List<Lease> of(String output) {
    return transactions.read(
        handle ->
            handle
                .createQuery("SELECT * FROM leases WHERE output = :output")
                .bind("output", output)
                .map((row, context) -> lease(row))
                .stream()
                .sorted(comparing(Lease::partition))
                .toList());
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        row.getString("output"),
        row.getString("partition_name"),
        row.getString("holder"),
        Columns.time(row, "acquired_at"),
        Columns.time(row, "heartbeat_at"));
  }
}
