package dev.millrace.flink;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line of a printed stack trace that tells a user what happened. */
final class RootCause {
  private static final String CAUSE = "Caused by: ";

  private static final Pattern CLASS_PREFIX =
      Pattern.compile("^(?:[a-z_]\\w*\\.)+([A-Z][\\w$]*)(?:: |$)");

  private RootCause() {}

  /** The message of the innermost cause, without the classes that wrapped it. */
  static String of(String trace) {
    List<String> lines = trace.lines().toList();
    String root = lines.isEmpty() ? "" : lines.get(0);
    for (String line : lines) {
      root = line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : root;
    }
    Matcher matcher = CLASS_PREFIX.matcher(root);
    String name = root;
    while (matcher.find()) {
      name = matcher.group(1);
      root = matcher.replaceFirst("");
      matcher = CLASS_PREFIX.matcher(root);
    }
    return root.isBlank() ? name : root;
  }
}
