package dev.millrace.flink.metrics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The ports that a process may listen on: several where processes share a machine. */
record PortRange(int first, int last) {
  private static final int HIGHEST = 65_535;
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  /**
   * Reads {@code 9250} or {@code 9250-9260}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static PortRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first <= last && last <= HIGHEST) {
        return new PortRange(first, last);
      }
    }
    throw new IllegalArgumentException(
        "Invalid port: %s (expected a port, or a range such as 9250-9260)".formatted(text));
  }

  IntStream ports() {
    return IntStream.rangeClosed(first, last);
  }

  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}
