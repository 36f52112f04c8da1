package dev.millrace.benchmarks.beam;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/** Rejects rows that break a rule of the contract. */
final class CheckEvent extends DoFn<Row, Row> {
  static final TupleTag<Row> PASSED = new TupleTag<>() {};
  static final TupleTag<Row> REJECTED = new TupleTag<>() {};

  private static final Set<String> TYPES =
      Set.of(
          "page_view",
          "search",
          "product_view",
          "add_to_cart",
          "checkout",
          "purchase",
          "refund",
          "sign_in");
  private static final Set<String> DEVICES = Set.of("desktop", "mobile", "tablet", "tv", "console");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Instant TIME_MIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TIME_MAX = Instant.parse("2027-01-01T00:00:00Z");

  @ProcessElement
  public void process(@Element Row event, MultiOutputReceiver out) {
    out.get(isGood(event) ? PASSED : REJECTED).output(event);
  }

  private static boolean isGood(Row event) {
    return hasLength(event.getString("id"), 24, 32)
        && !event.getDateTime("event_time").isBefore(TIME_MIN)
        && event.getDateTime("event_time").isBefore(TIME_MAX)
        && hasLength(event.getString("user_id"), 1, 32)
        && hasLength(event.getString("session_id"), 8, 32)
        && TYPES.contains(event.getString("type"))
        && COUNTRY.matcher(event.getString("country")).matches()
        && DEVICES.contains(event.getString("device"))
        && hasLength(event.getString("page"), 1, 2048)
        && isAtMost(event.getString("referrer"), 2048)
        && isAtMost(event.getString("user_agent"), 512)
        && event.getDouble("amount") >= 0
        && event.getDouble("amount") <= 100_000
        && isBetween(event.getInt64("quantity"), 1, 1000)
        && isBetween(event.getInt64("duration_ms"), 0, 86_400_000)
        && isAtMost(event.getString("campaign"), 64);
  }

  private static boolean hasLength(String text, int min, int max) {
    return text.length() >= min && text.length() <= max;
  }

  private static boolean isAtMost(String text, int max) {
    return text == null || text.length() <= max;
  }

  private static boolean isBetween(long number, long min, long max) {
    return number >= min && number <= max;
  }
}
