package dev.millrace.benchmarks.beam;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** An event as a row, and the rules of its contract. */
final class EventRules {
  /** The event, as it is read and as it is written. */
  static final Schema EVENT =
      Schema.builder()
          .addStringField("id")
          .addDateTimeField("event_time")
          .addStringField("user_id")
          .addStringField("session_id")
          .addStringField("type")
          .addStringField("country")
          .addStringField("device")
          .addStringField("page")
          .addNullableField("referrer", FieldType.STRING)
          .addNullableField("user_agent", FieldType.STRING)
          .addDoubleField("amount")
          .addInt64Field("quantity")
          .addInt64Field("duration_ms")
          .addBooleanField("signed_in")
          .addNullableField("campaign", FieldType.STRING)
          .build();

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

  private EventRules() {}

  /** Whether an event, whose line {@link CheckLine} let pass, breaks no rule. */
  static boolean isGood(Row event) {
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
