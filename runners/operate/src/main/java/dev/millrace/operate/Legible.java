package dev.millrace.operate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Shows bytes and texts of unknown origin so that people see all that is there: characters that are
 * invisible, that steer a terminal or that turn the direction of the text around by their number,
 * as in {@code ⟨U+202E⟩}, and bytes that are not UTF-8 in hex, as in {@code \xff}.
 */
public final class Legible {
  private Legible() {}

  /** The text, cut after so many of its characters. */
  public static String text(String text, int limit) {
    return bytes(text.getBytes(StandardCharsets.UTF_8), limit);
  }

  /** The bytes as text, cut after so many characters; a byte that is not UTF-8 counts as one. */
  public static String bytes(byte[] bytes, int limit) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (int characters = 0; at < bytes.length && characters < limit; characters++) {
      int width = width(bytes[at]);
      String character = width == 0 || at + width > bytes.length ? "" : utf8(bytes, at, width);
      if (character.isEmpty()) {
        shown.append(String.format(Locale.ROOT, "\\x%02x", bytes[at]));
        at++;
      } else {
        show(character.codePointAt(0), shown);
        at += width;
      }
    }
    if (at < bytes.length) {
      shown.append(" … (").append(Quantities.count(bytes.length, "byte")).append(" in all)");
    }
    return shown.toString();
  }

  /** The bytes of the character that starts with this one, or 0 if none does. */
  private static int width(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones == 0 ? 1 : ones >= 2 && ones <= 4 ? ones : 0;
  }

  private static String utf8(byte[] bytes, int start, int length) {
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
      return decoded.toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  private static void show(int codePoint, StringBuilder shown) {
    if (isHidden(codePoint)) {
      shown.append(String.format(Locale.ROOT, "⟨U+%04X⟩", codePoint));
    } else {
      shown.appendCodePoint(codePoint);
    }
  }

  private static boolean isHidden(int codePoint) {
    if (codePoint == '\t') {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
