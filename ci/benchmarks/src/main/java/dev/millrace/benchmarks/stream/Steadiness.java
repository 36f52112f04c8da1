package dev.millrace.benchmarks.stream;

import java.util.Map;

/**
 * How long events took at a steady rate, from when they were sent to when the broker took them from
 * the contender, in milliseconds.
 *
 * @param events how many were measured
 * @param rate how many messages were really sent in a second
 */
record Steadiness(long events, double rate, long p50, long p99, long max) {

  /** Of the events that were sent at a time or later. */
  static Steadiness of(Map<String, Long> sent, Map<String, Long> appended, long from, double rate) {
    long[] millis =
        appended.entrySet().stream()
            .filter(event -> sent.getOrDefault(event.getKey(), Long.MIN_VALUE) >= from)
            .mapToLong(event -> event.getValue() - sent.get(event.getKey()))
            .sorted()
            .toArray();
    if (millis.length == 0) {
      return new Steadiness(0, rate, -1, -1, -1);
    }
    return new Steadiness(
        millis.length, rate, at(millis, 0.5), at(millis, 0.99), millis[millis.length - 1]);
  }

  /** The least of the numbers that are no less than this share of all. */
  private static long at(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
