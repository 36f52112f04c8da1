package dev.millrace.benchmarks.expert;

import dev.millrace.benchmarks.plain.Hour;
import java.nio.charset.StandardCharsets;

/** What a subtask has of an hour, a type and a country. */
public final class HourSum {
  private static final long HOUR = 3_600_000_000L;

  /** The hour since 1970, the index of the type, and the two letters of the country. */
  public long key;

  public long count;
  public double amount;
  public long durationMs;

  HourSum plus(HourSum other) {
    HourSum sum = new HourSum();
    sum.key = key;
    sum.count = count + other.count;
    sum.amount = amount + other.amount;
    sum.durationMs = durationMs + other.durationMs;
    return sum;
  }

  Hour toHour() {
    Hour hour = new Hour();
    hour.type = new String(Names.TYPES[(int) ((key >>> 16) & 255)], StandardCharsets.US_ASCII);
    hour.country = "" + (char) ((key >>> 8) & 255) + (char) (key & 255);
    hour.windowStart = (key >>> 24) * HOUR;
    hour.windowEnd = hour.windowStart + HOUR;
    hour.count = count;
    hour.sumAmount = amount;
    hour.meanDurationMs = (double) durationMs / count;
    return hour;
  }
}
