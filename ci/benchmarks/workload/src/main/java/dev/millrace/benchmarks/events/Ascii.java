package dev.millrace.benchmarks.events;

import java.nio.charset.StandardCharsets;

/** Text as bytes. */
final class Ascii {
  private Ascii() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
