package dev.millrace.stages.decode;

import dev.millrace.stages.contract.FieldRule;

/** What a value should have been, for messages. */
final class Expected {
  private Expected() {}

  /** A value of a field's type. */
  static String of(FieldRule rule) {
    return switch (rule.type()) {
      case STRING -> "a string";
      case INTEGER -> "an integer of 64 bits";
      case NUMBER -> "a number";
      case DECIMAL ->
          "a number of at most %s digits before the point and %s after it"
              .formatted(rule.precision() - rule.scale(), rule.scale());
      case BOOLEAN -> "true or false";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case DATE, TIME, TIMESTAMP -> rule.format().expected();
    };
  }
}
