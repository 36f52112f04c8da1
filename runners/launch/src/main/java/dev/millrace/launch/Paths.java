package dev.millrace.launch;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Paths as options give them: joined by commas, local or with a scheme. */
final class Paths {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private Paths() {}

  static List<String> split(String paths) {
    return Arrays.stream(paths.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Whether it names its file system, as in {@code s3://bucket/key}. */
  static boolean hasScheme(String path) {
    return SCHEME.matcher(path).matches();
  }
}
