package dev.millrace.benchmarks.plain;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of {@code events.odcs.yaml}, by hand. */
public final class EventRules {
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
  private static final Pattern COUNTRY = Pattern.compile("^[A-Z]{2}$");
  private static final long TIME_MIN = 1_767_225_600_000_000L; // 2026-01-01T00:00:00Z
  private static final long TIME_MAX = 1_798_761_600_000_000L; // 2027-01-01T00:00:00Z

  private EventRules() {}

  /** All that is wrong with an event; an empty list, always the same one, if nothing is. */
  public static List<String> violations(Event event) {
    Violations found = new Violations();
    found.length("id", event.id, 24, 32);
    found.range("event_time", event.eventTime, TIME_MIN, TIME_MAX - 1);
    found.length("user_id", event.userId, 1, 32);
    found.length("session_id", event.sessionId, 8, 32);
    found.oneOf("type", event.type, TYPES);
    found.matches("country", event.country, COUNTRY);
    found.oneOf("device", event.device, DEVICES);
    found.length("page", event.page, 1, 2048);
    found.optionalLength("referrer", event.referrer, 2048);
    found.optionalLength("user_agent", event.userAgent, 512);
    found.range("amount", event.amount, 0, 100_000);
    found.range("quantity", event.quantity, 1, 1000);
    found.range("duration_ms", event.durationMs, 0, 86_400_000);
    found.present("signed_in", event.signedIn);
    found.optionalLength("campaign", event.campaign, 64);
    return found.list();
  }
}
