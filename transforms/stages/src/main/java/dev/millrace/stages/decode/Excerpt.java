package dev.millrace.stages.decode;

import java.nio.charset.StandardCharsets;

/** What was found, as a message shows it: one line, not too long. */
final class Excerpt {
  private static final int MAX_BYTES = 80;

  private Excerpt() {}

  /** The start of a text. */
  static String of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return of(utf8, 0, utf8.length);
  }

  /** The start of a range of UTF-8, cut between two characters; line ends become spaces. */
  static String of(byte[] utf8, int start, int end) {
    int cut = Math.min(end, start + MAX_BYTES);
    while (cut < end && (utf8[cut] & 0xc0) == 0x80) {
      cut--;
    }
    String text = new String(utf8, start, cut - start, StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}", " ") + (cut < end ? "..." : "");
  }
}
