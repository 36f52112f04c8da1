package dev.millrace.operate.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes text as a YAML scalar, in quotes unless it can't be taken for anything else. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlText() {}

  static String of(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> append(codePoint, quoted));
    return quoted.append('"').toString();
  }

  static String list(List<String> texts) {
    return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Text for a comment: on one line, whatever is in it. */
  static String comment(String text) {
    return text.codePoints()
        .map(codePoint -> isPrintable(codePoint) ? codePoint : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void append(int codePoint, StringBuilder out) {
    if (codePoint == '"' || codePoint == '\\') {
      out.append('\\').appendCodePoint(codePoint);
    } else if (isPrintable(codePoint)) {
      out.appendCodePoint(codePoint);
    } else {
      out.append(String.format(Locale.ROOT, "\\U%08X", codePoint));
    }
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
