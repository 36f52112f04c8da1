package dev.millrace.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The bundled flights, two weeks of them, and the same again in the weeks after. */
final class Flights {
  private static final Duration FORTNIGHT = Duration.ofDays(14);

  private Flights() {}

  /** So many flights in the order of their departure, from a folder of days. */
  static List<Flight> read(Path folder, int size) throws IOException {
    List<Flight> real = new ArrayList<>();
    for (Path day : days(folder)) {
      if (real.size() < size) {
        addDay(day, real);
      }
    }
    List<Flight> flights = new ArrayList<>();
    for (int fortnight = 0; flights.size() < size; fortnight++) {
      Duration later = FORTNIGHT.multipliedBy(fortnight);
      real.stream()
          .limit(size - flights.size())
          .map(flight -> flight.later(later))
          .forEach(flights::add);
    }
    return flights;
  }

  private static List<Path> days(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".ndjson.gz")).sorted().toList();
    }
  }

  private static void addDay(Path day, List<Flight> flights) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(day)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        flights.add(Flight.parse(line.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }
}
