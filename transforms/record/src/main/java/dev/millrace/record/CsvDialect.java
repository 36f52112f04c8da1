package dev.millrace.record;

import java.io.Serializable;

/**
 * How CSV is written: what is between two fields, and around one that holds a delimiter, a line end
 * or a quote. Inside quotes a quote is doubled.
 *
 * @param delimiter an ASCII character, often {@code ,} or {@code ;} or a tab
 * @param quote another one
 */
public record CsvDialect(char delimiter, char quote) implements Serializable {
  /** That of RFC 4180: a comma, and double quotes. */
  public static final CsvDialect RFC_4180 = new CsvDialect(',', '"');

  /** Checks that both can be told apart from each other, text and line ends. */
  public CsvDialect {
    check("delimiter", delimiter);
    check("quote", quote);
    if (delimiter == quote) {
      throw new IllegalArgumentException(
          "Invalid quote: %s (expected another character than the delimiter)".formatted(quote));
    }
  }

  /**
   * A delimiter or quote as people write it: the character itself, or {@code \t} for a tab.
   *
   * @throws IllegalArgumentException if it is neither; the message begins with the text
   */
  public static char character(String text) {
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new IllegalArgumentException(text + " (expected one character, or \\t)");
    }
    return text.charAt(0);
  }

  private static void check(String name, char value) {
    if ((value < ' ' && value != '\t') || value > '~' || Character.isLetterOrDigit(value)) {
      throw new IllegalArgumentException(
          "Invalid %s: U+%04X (expected a tab or an ASCII character that is no letter or digit)"
              .formatted(name, (int) value));
    }
  }
}
