package dev.millrace.stages.refer;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Looks the fields of one record after the other up in their references. Not thread-safe; meant to
 * be kept and reused.
 */
final class ReferenceCheck {
  private static final int LONGEST_VALUE = 80;

  /** A field that must be in a reference; each by its number. */
  private record Lookup(int field, int reference) {}

  private final RecordSchema schema;
  private final List<Reference> references;
  private final Lookup[] lookups;
  private final ValueSet[] values;
  private final IntegerText integer = new IntegerText();

  ReferenceCheck(RecordSchema schema, List<Reference> references) {
    this.schema = schema;
    this.references = references;
    this.values = new ValueSet[references.size()];
    List<Lookup> found = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      for (int field : schema.indexes(references.get(i).fields())) {
        found.add(new Lookup(field, i));
      }
    }
    found.sort(Comparator.comparingInt(Lookup::field));
    this.lookups = found.toArray(Lookup[]::new);
  }

  /** Sets what a reference holds from now on. */
  void use(int reference, ValueSet holds) {
    values[reference] = holds;
  }

  /** Whether every value that the record has is in its reference. */
  boolean passes(Record record) {
    for (Lookup lookup : lookups) {
      if (misses(lookup, record)) {
        return false;
      }
    }
    return true;
  }

  private boolean misses(Lookup lookup, Record record) {
    int field = lookup.field;
    if (record.isNull(field)) {
      return false;
    }
    ValueSet holds = values[lookup.reference];
    if (schema.field(field).type() == FieldType.STRING) {
      return !holds.contains(record.array(), record.textStart(field), record.textLength(field));
    }
    integer.write(record.longAt(field));
    return !holds.contains(integer.array(), integer.start(), integer.length());
  }

  /** The reject of a record that doesn't pass, with all that it misses, in the order of fields. */
  Rejected reject(Record record) {
    if (!record.hasOriginal()) {
      throw new IllegalStateException(
          "Cannot reject a record with an unknown reference at %s@%d: its original bytes are not with it (expected records decoded with keepingOriginals())"
              .formatted(record.source(), record.offset()));
    }
    List<Violation> violations = new ArrayList<>();
    for (Lookup lookup : lookups) {
      if (misses(lookup, record)) {
        violations.add(violation(lookup, record));
      }
    }
    return new Rejected(
        ReferTo.STAGE, violations, record.raw(), OptionalLong.of(record.eventTimeMillis()));
  }

  private Violation violation(Lookup lookup, Record record) {
    String field = schema.field(lookup.field).name();
    String reference = references.get(lookup.reference).name();
    String message =
        "Invalid %s: %s (expected a value of %s)"
            .formatted(field, shown(record.valueAt(lookup.field)), reference);
    return new Violation(RejectReason.UNKNOWN_REFERENCE, field, "reference: " + reference, message);
  }

  /** A value on one line, and not too long. */
  private static String shown(Object value) {
    String text = value.toString().replaceAll("\\p{Cntrl}", " ");
    return text.codePointCount(0, text.length()) <= LONGEST_VALUE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "...";
  }
}
