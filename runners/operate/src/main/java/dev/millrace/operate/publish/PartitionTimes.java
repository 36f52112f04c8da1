package dev.millrace.operate.publish;

import dev.millrace.ledger.Interval;
import dev.millrace.record.Partitioning;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the names of partitions say of time: {@code dt=2001-01-15/hour=07}. */
public final class PartitionTimes {
  private static final Pattern NAME =
      Pattern.compile("dt=\\d{4}-\\d{2}-\\d{2}(/hour=([01]\\d|2[0-3]))?");

  private PartitionTimes() {}

  /** What a partition holds the records of; empty if its name isn't that of a day or an hour. */
  public static Optional<Interval> interval(String partition) {
    if (!NAME.matcher(partition).matches()) {
      return Optional.empty();
    }
    Partitioning partitioning = partitioning(partition);
    try {
      long bucket = partitioning.bucketNamed(partition);
      return Optional.of(
          new Interval(
              Instant.ofEpochMilli(partitioning.endMillis(bucket - 1)),
              Instant.ofEpochMilli(partitioning.endMillis(bucket))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** When a partition has to be there: so long after its end. */
  public static Optional<Instant> due(String partition, Duration latency) {
    return interval(partition).map(interval -> interval.to().plus(latency));
  }

  /** The partition after one that has an interval, of the same length. */
  public static String next(String partition) {
    Partitioning partitioning = partitioning(partition);
    return partitioning.name(partitioning.bucketNamed(partition) + 1);
  }

  private static Partitioning partitioning(String partition) {
    return partition.contains("/") ? Partitioning.HOUR : Partitioning.DAY;
  }
}
