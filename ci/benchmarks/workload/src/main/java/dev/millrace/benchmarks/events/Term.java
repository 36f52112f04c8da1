package dev.millrace.benchmarks.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text value that events have. */
final class Term {
  /** The value in JSON, quotes included. */
  final byte[] json;

  /** How many bytes of UTF-8 the value itself has. */
  final int length;

  private final String value;

  private Term(String value) {
    this.value = value;
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    this.json = ('"' + escaped + '"').getBytes(StandardCharsets.UTF_8);
    this.length = value.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The value itself. */
  String value() {
    return value;
  }

  static Term of(String value) {
    return new Term(value);
  }

  static Term[] all(String... values) {
    return Arrays.stream(values).map(Term::of).toArray(Term[]::new);
  }
}
