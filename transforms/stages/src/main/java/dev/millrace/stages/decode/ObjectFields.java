package dev.millrace.stages.decode;

import dev.millrace.stages.contract.FieldRule;
import java.util.Arrays;
import java.util.List;

/** The fields of the record or object at hand: which were there, and what it means if not. */
final class ObjectFields {
  private final String[] names;
  private final boolean[] required;
  private final Violations violations;

  /** The fields that were there, with a value or null. */
  private final boolean[] seen;

  private int values;

  ObjectFields(List<FieldRule> rules, Violations violations) {
    names = rules.stream().map(FieldRule::name).toArray(String[]::new);
    required = new boolean[names.length];
    for (int field = 0; field < names.length; field++) {
      required[field] = rules.get(field).required();
    }
    this.violations = violations;
    seen = new boolean[names.length];
  }

  /** Begins with another record or object. */
  void begin() {
    Arrays.fill(seen, false);
    values = 0;
  }

  String[] names() {
    return names;
  }

  String name(int field) {
    return names[field];
  }

  boolean isSeen(int field) {
    return seen[field];
  }

  void see(int field) {
    seen[field] = true;
  }

  /** A field has a value, be it a known field or not. */
  void addValue() {
    values++;
  }

  /** How many fields have a value. */
  int values() {
    return values;
  }

  /** A field has no value: null, or nothing at all. */
  void absent(int field) {
    if (required[field]) {
      violations.missing(names[field]);
    }
  }

  /** No more fields come. */
  void end() {
    for (int field = 0; field < names.length; field++) {
      if (!seen[field]) {
        absent(field);
      }
    }
  }
}
