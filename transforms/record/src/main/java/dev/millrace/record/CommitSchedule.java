package dev.millrace.record;

import java.io.Serializable;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * In which commits a run that goes on publishes its rows. Time of reading is the watermark of the
 * source when a record was read; it is cut into intervals, and each has a commit, which is named by
 * its end and made when the watermark has passed that.
 *
 * <p>What was read in an interval is in its commit, unless its partition goes on: then it waits for
 * the commit in which the partition is complete, the first to end when nothing that is on time can
 * come any more. So a partition is published as a whole, and what comes later is added to it.
 *
 * @param runId the name of the run
 * @param interval the length of an interval, in whole seconds
 * @param partitioning how tables are cut into partitions
 * @param grace how long after the end of a partition, in event time, rows of it may come and be on
 *     time
 * @param delay how long after their timestamps, in event time, the rows of a table come
 * @param wholePartitions whether rows wait for the end of their partition
 */
public record CommitSchedule(
    String runId,
    Duration interval,
    Partitioning partitioning,
    Duration grace,
    Duration delay,
    boolean wholePartitions)
    implements Serializable {

  /** Sorts as time does. */
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String BEFORE_ALL = "00000000T000000Z";
  private static final String AFTER_ALL = "99999999T999999Z";
  private static final long YEAR_0 = -62_167_219_200_000L;
  private static final long YEAR_10000 = 253_402_300_800_000L;

  /** Leaves room for a timer after it. */
  private static final long LAST = GlobalWindow.INSTANCE.maxTimestamp().getMillis() - 1;

  /** Checks that the run has a name, and the durations. */
  public CommitSchedule {
    if (runId == null || runId.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: runId");
    }
    if (interval.getMillis() < 1_000 || interval.getMillis() % 1_000 != 0) {
      throw new IllegalArgumentException(
          "Invalid interval of commits: %s (expected whole seconds)".formatted(interval));
    }
    if (grace.getMillis() < 0 || delay.getMillis() < 0) {
      throw new IllegalArgumentException(
          "Invalid grace or delay of commits: %s, %s (expected zero or more)"
              .formatted(grace, delay));
    }
  }

  /** A schedule of commits of whole partitions, whose rows come as they are read. */
  public static CommitSchedule of(
      String runId, Duration interval, Partitioning partitioning, Duration grace) {
    return new CommitSchedule(runId, interval, partitioning, grace, Duration.ZERO, true);
  }

  /** The same commits, for rows that come so long after their timestamps. */
  public CommitSchedule delayedBy(Duration delay) {
    return new CommitSchedule(runId, interval, partitioning, grace, delay, wholePartitions);
  }

  /** The same commits, for rows that don't wait for the end of their partition. */
  public CommitSchedule withoutWaiting() {
    return new CommitSchedule(runId, interval, partitioning, grace, delay, false);
  }

  /** The windows that say in which interval elements were read. */
  public CommitWindows windows() {
    return new CommitWindows(interval);
  }

  /** The end of the commit that has the rows of a partition which were read in a window. */
  public Instant commitOf(long bucket, IntervalWindow window) {
    long own = endAfter(window.end().getMillis() + delay.getMillis());
    return Instant.ofEpochMilli(wholePartitions ? Math.max(own, completion(bucket)) : own);
  }

  /** Whether a partition is complete in a commit, and not before or after. */
  public boolean completes(long bucket, Instant commit) {
    return wholePartitions && commit.getMillis() == completion(bucket);
  }

  private long completion(long bucket) {
    return endAfter(partitioning.endMillis(bucket) + grace.getMillis());
  }

  private long endAfter(long millis) {
    long length = interval.getMillis();
    return Math.min(LAST, -Math.floorDiv(-millis, length) * length);
  }

  /** The name of the commit with this end, such as {@code 20010116T010000Z}; sorts as time does. */
  public static String name(Instant end) {
    if (end.getMillis() < YEAR_0) {
      return BEFORE_ALL;
    }
    return end.getMillis() < YEAR_10000
        ? NAME.format(java.time.Instant.ofEpochMilli(end.getMillis()))
        : AFTER_ALL;
  }
}
