package dev.millrace.stages.decode;

import java.util.HexFormat;
import java.util.Random;

/** JSON values of every kind, each in the many ways in which it can be written. */
final class GeneratedJson {
  private final Random random;

  GeneratedJson(long seed) {
    random = new Random(seed);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  String space() {
    StringBuilder space = new StringBuilder();
    while (oneIn(4)) {
      space.append(" \t\n\r".charAt(below(4)));
    }
    return space.toString();
  }

  String whole() {
    return Long.toString(random.nextLong() >> below(64));
  }

  String real() {
    if (oneIn(3)) {
      return whole();
    }
    String digits =
        oneIn(2) ? Double.toString(random.nextGaussian()) : whole() + ".0" + below(1000);
    return oneIn(2) || digits.contains("E") ? digits : digits + "e" + (below(40) - 20);
  }

  String literal() {
    return oneIn(2) ? "true" : "false";
  }

  /** A string of characters of all planes, some of them escaped. */
  String string() {
    StringBuilder text = new StringBuilder();
    for (int length = below(30); length > 0; length--) {
      text.appendCodePoint(character());
    }
    return string(text.toString());
  }

  private int character() {
    int c = below(1 << (7 + below(14)));
    return c > Character.MAX_CODE_POINT || (c >= 0xd800 && c <= 0xdfff) ? '"' : c;
  }

  /** This text as a JSON string, with escapes where they must be and in some other places. */
  String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(escape(c));
      } else if (Character.isSurrogate(c)) {
        json.append(c);
      } else {
        json.append(oneIn(10) ? escape(c) : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }

  private String escape(char c) {
    int letter = "\"\\/\b\f\n\r\t".indexOf(c);
    if (letter >= 0 && oneIn(2)) {
      return "\\" + "\"\\/bfnrt".charAt(letter);
    }
    String hex = HexFormat.of().toHexDigits(c);
    return "\\u" + (oneIn(2) ? hex : HexFormat.of().withUpperCase().toHexDigits(c));
  }

  /** Any value, nested a few levels deep. */
  String value(int depth) {
    return switch (below(depth > 3 ? 5 : 7)) {
      case 0 -> "null";
      case 1 -> literal();
      case 2 -> whole();
      case 3 -> real();
      case 4 -> string();
      case 5 -> sequence("[", "]", depth, "");
      default -> sequence("{", "}", depth, "\"m%d\":");
    };
  }

  private String sequence(String open, String close, int depth, String name) {
    StringBuilder json = new StringBuilder(open).append(space());
    int size = below(4);
    for (int i = 0; i < size; i++) {
      String prefix = name.replace("%d", Integer.toString(i));
      json.append(i == 0 ? "" : ",").append(prefix).append(space()).append(value(depth + 1));
      json.append(space());
    }
    return json.append(close).toString();
  }
}
