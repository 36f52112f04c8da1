package dev.millrace.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FLIGHTS.resolve(date + ".ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().limit(flights).toList();
      Files.write(folder.resolve(date + ".ndjson"), lines);
    }
  }
}
