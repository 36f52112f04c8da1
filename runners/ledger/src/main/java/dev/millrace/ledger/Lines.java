package dev.millrace.ledger;

import java.util.List;
import java.util.stream.Collectors;

/** A list of texts in one: each a line, in which backslashes and line ends are escaped. */
final class Lines {
  private Lines() {}

  static String join(List<String> texts) {
    return texts.stream()
        .map(text -> text.replace("\\", "\\\\").replace("\n", "\\n") + "\n")
        .collect(Collectors.joining());
  }

  static List<String> split(String lines) {
    return lines.isEmpty()
        ? List.of()
        : List.of(lines.substring(0, lines.length() - 1).split("\n", -1)).stream()
            .map(Lines::unescaped)
            .toList();
  }

  private static String unescaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
        text.append(line.charAt(i) == 'n' ? '\n' : '\\');
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
