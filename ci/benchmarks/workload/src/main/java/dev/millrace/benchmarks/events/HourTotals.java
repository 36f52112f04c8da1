package dev.millrace.benchmarks.events;

/** What the published events of a group add up to. */
public record HourTotals(long count, long amountCents, long durationMillis) {

  HourTotals plus(HourTotals other) {
    return new HourTotals(
        count + other.count,
        amountCents + other.amountCents,
        durationMillis + other.durationMillis);
  }
}
