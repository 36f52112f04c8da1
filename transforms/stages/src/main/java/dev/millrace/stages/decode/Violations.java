package dev.millrace.stages.decode;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.EventTime;
import dev.millrace.stages.contract.FieldRule;
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

  /** What messages that name their field begin with. */
  private static final String INVALID = "Invalid ";

  private static final String MISSING = "Missing required value: ";
  private static final List<String> STARTS = List.of(INVALID, MISSING);

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

  int size() {
    return found.size();
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

  /** It is a part of something that is too long to be a record. */
  void tooLong() {
    add(RejectReason.TOO_LONG, "", "", "Cannot read record: a piece of a line that is too long");
  }

  /** There is nothing to be read. */
  void tombstone() {
    add(RejectReason.TOMBSTONE, "", "", "Cannot read record: a message without a value");
  }

  /** There is no schema to read it by. */
  void unknownSchema(String problem) {
    add(RejectReason.UNKNOWN_SCHEMA, "", "", "Cannot read record: " + problem);
  }

  void missing(String field) {
    add(RejectReason.MISSING_FIELD, field, "required: true", MISSING + field);
  }

  void wrongType(FieldRule rule, String found, String expected) {
    String type =
        rule.type() == FieldType.DECIMAL
            ? "physicalType: decimal(" + rule.precision() + "," + rule.scale() + ")"
            : "logicalType: " + rule.type().name().toLowerCase(Locale.ROOT);
    add(RejectReason.WRONG_TYPE, rule.name(), type, invalid(rule.name(), found, expected));
  }

  void unreadableTime(String field, String setting, String found, String expected) {
    String rule = setting + ": " + field;
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

  /** What was found since there were so many is in this field, and named after it. */
  void within(String field, int from) {
    for (int i = from; i < found.size(); i++) {
      Violation violation = found.get(i);
      String inner = violation.path();
      String path = field + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
      found.set(i, moved(violation, path));
    }
  }

  /** What was found since there were so many is in this element of an array. */
  void within(int element, int from) {
    if (found.size() > from) {
      within("[" + element + "]", from);
    }
  }

  /** Keeps only the first so many. */
  void truncate(int size) {
    if (found.size() > size) {
      found.subList(size, found.size()).clear();
    }
  }

  private static Violation moved(Violation violation, String path) {
    String message = violation.message();
    for (String start : STARTS) {
      String named = start + Excerpt.of(violation.path());
      if (message.startsWith(named)) {
        message = start + Excerpt.of(path) + message.substring(named.length());
        break;
      }
    }
    return new Violation(violation.reason(), path, violation.rule(), message);
  }

  private static String invalid(String field, String found, String expected) {
    return INVALID + Excerpt.of(field) + ": " + found + " (expected " + expected + ")";
  }
}
