package dev.millrace.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The flights of the first days of 2001, a file a day. */
final class Days {
  static final Path FLIGHTS = Path.of("../../testdata/flights").toAbsolutePath().normalize();

  private Days() {}

  /** The input that backfills are given: a file for each day of a slice. */
  static String input(Path folder) {
    return "--input=" + folder.resolve("{date}.ndjson");
  }

  /** Writes the first flights of each of some days. */
  static void write(Path folder, int days, int flights) throws IOException {
    for (int day = 1; day <= days; day++) {
      writeDay(folder, day, flights);
    }
  }

  /** Writes the first flights of one day of January. */
  static void writeDay(Path folder, int day, int flights) throws IOException {
    String date = String.format(Locale.ROOT, "2001-01-%02d", day);
    Files.write(folder.resolve(date + ".ndjson"), lines(date).limit(flights).toList());
  }

  /**
   * How many different flights of a day of January were late by more than one, and at most other.
   */
  static long withDelayBetween(int day, int more, int most) throws IOException {
    Pattern delay = Pattern.compile("\"delay\":(-?\\d+)");
    return lines(String.format(Locale.ROOT, "2001-01-%02d", day))
        .distinct()
        .map(delay::matcher)
        .filter(Matcher::find)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .filter(minutes -> minutes > more && minutes <= most)
        .count();
  }

  private static Stream<String> lines(String date) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FLIGHTS.resolve(date + ".ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList().stream();
    }
  }
}
