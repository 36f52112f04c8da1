package dev.millrace.record;

import java.time.LocalDate;
import java.util.Locale;

/**
 * How a table is cut into Hive-style partitions by event time, in UTC. A bucket is the number of
 * the partition since 1970, which is cheap to compute; its name is the folder.
 */
public enum Partitioning {
  /** One partition a UTC calendar day: {@code dt=2001-01-15}. */
  DAY(86_400_000L) {
    @Override
    public String name(long bucket) {
      return "dt=" + LocalDate.ofEpochDay(bucket);
    }

    @Override
    public long bucketNamed(String name) {
      return LocalDate.parse(name.substring("dt=".length())).toEpochDay();
    }
  },
  /** One partition a UTC hour: {@code dt=2001-01-15/hour=07}. */
  HOUR(3_600_000L) {
    @Override
    public String name(long bucket) {
      return String.format(
          Locale.ROOT,
          "%s/hour=%02d",
          DAY.name(Math.floorDiv(bucket, 24L)),
          Math.floorMod(bucket, 24L));
    }

    @Override
    public long bucketNamed(String name) {
      String[] parts = name.split("/hour=", 2);
      return 24L * DAY.bucketNamed(parts[0]) + Integer.parseInt(parts[1]);
    }
  };

  private final long millis;

  Partitioning(long millis) {
    this.millis = millis;
  }

  /** The bucket that an event time falls into. */
  public long bucket(long eventTimeMillis) {
    return Math.floorDiv(eventTimeMillis, millis);
  }

  /** The instant at which a bucket has ended, in milliseconds since 1970. */
  public long endMillis(long bucket) {
    return (bucket + 1) * millis;
  }

  /** What a partition holds, in one word: {@code day} or {@code hour}. */
  public String unit() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folder of a bucket, relative to its table. */
  public abstract String name(long bucket);

  /** The bucket of a folder that {@link #name} gave. */
  public abstract long bucketNamed(String name);
}
