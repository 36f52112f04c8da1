package dev.millrace.stages.decode;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.EventTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that is wrong with the record at hand, in the words that people read. */
final class Violations {
  /**
   * How many fields that should not be there are listed, so that a record of nothing else cannot
   * exhaust memory. The fields of the contract are always all listed.
   */
  static final int MAX_SUPERFLUOUS = 1000;

  private final List<Violation> found = new ArrayList<>();
  private int superfluous;

  /** Forgets all violations, to begin the next record. */
  void clear() {
    found.clear();
    superfluous = 0;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The list itself, which rules add to. */
  List<Violation> list() {
    return found;
  }

  /** The bytes can't be read, which leaves nothing else to be said. */
  void malformed(String message) {
    found.clear();
    add(RejectReason.MALFORMED, "", "", message);
  }

  void missing(String field) {
    add(RejectReason.MISSING_FIELD, field, "required: true", "Missing required value: " + field);
  }

  void wrongType(String field, FieldType type, String found, String expected) {
    String rule = "logicalType: " + type.name().toLowerCase(Locale.ROOT);
    add(RejectReason.WRONG_TYPE, field, rule, invalid(field, found, expected));
  }

  void unreadableTime(String field, String found, String expected) {
    String rule = "millrace.eventTimeField: " + field;
    add(RejectReason.INVALID_EVENT_TIME, field, rule, invalid(field, found, expected));
  }

  void implausible(String field, long millis, EventTime range) {
    String found = Instant.ofEpochMilli(millis).toString();
    if (millis < range.minMillis()) {
      Instant min = Instant.ofEpochMilli(range.minMillis());
      String rule = "millrace.eventTimeMin: " + min;
      add(
          RejectReason.IMPLAUSIBLE_EVENT_TIME,
          field,
          rule,
          invalid(field, found, min + " or later"));
    } else {
      Instant max = Instant.ofEpochMilli(range.maxMillis());
      String rule = "millrace.eventTimeMax: " + max;
      add(RejectReason.IMPLAUSIBLE_EVENT_TIME, field, rule, invalid(field, found, "before " + max));
    }
  }

  void repeated(String field, String found) {
    superfluous(RejectReason.REPEATED_FIELD, field, "", invalid(field, found, "a field only once"));
  }

  void unknown(String field, String found) {
    String rule = "millrace.unknownFields: reject";
    superfluous(RejectReason.UNKNOWN_FIELD, field, rule, invalid(field, found, "a known field"));
  }

  private void superfluous(RejectReason reason, String field, String rule, String message) {
    if (superfluous++ < MAX_SUPERFLUOUS) {
      add(reason, field, rule, message);
    }
  }

  private void add(RejectReason reason, String field, String rule, String message) {
    found.add(new Violation(reason, field, rule, message));
  }

  private static String invalid(String field, String found, String expected) {
    return "Invalid " + Excerpt.of(field) + ": " + found + " (expected " + expected + ")";
  }
}
