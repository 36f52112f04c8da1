package dev.millrace.stages.dedup;

import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.RejectReason;
import dev.millrace.record.RejectedAt;
import dev.millrace.record.Violation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Makes rejects of records that have the key of another one and a different body. */
final class Conflict {
  private static final int LONGEST_VALUE = 80;

  private Conflict() {}

  /** Against a record that is at hand. */
  static RejectedAt with(Record other, Record record, List<String> key) {
    return reject(record, key, "%s@%s".formatted(other.source(), other.offset()));
  }

  /** Against a record of which only the event time is remembered. */
  static RejectedAt withOneAt(long eventTimeMillis, Record record, List<String> key) {
    return reject(record, key, "the one of " + Instant.ofEpochMilli(eventTimeMillis));
  }

  /** The original bytes, which the record must have with it. */
  static RawRecord original(Record record) {
    if (!record.hasOriginal()) {
      throw new IllegalStateException(
          "Cannot reject a record with a conflicting key at %s@%s: its original bytes are not with it (expected records decoded with keepingOriginals())"
              .formatted(record.source(), record.offset()));
    }
    return record.raw();
  }

  private static RejectedAt reject(Record record, List<String> key, String other) {
    String message = "Key %s has another body than %s".formatted(describe(record, key), other);
    Violation violation =
        new Violation(RejectReason.CONFLICTING_KEY, String.join(",", key), "unique", message);
    return new RejectedAt(
        "dedup", List.of(violation), record.source(), record.offset(), record.eventTimeMillis());
  }

  private static String describe(Record record, List<String> key) {
    return key.stream()
        .map(field -> field + "=" + shortened(String.valueOf(record.value(field))))
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE / 2)) + "...";
  }
}
