package dev.millrace.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Some hundred of the real flights, of two days, and their contract. */
final class Flights {
  static final Path TESTDATA = Path.of("../../testdata").toAbsolutePath().normalize();
  static final Path CONTRACT = TESTDATA.resolve("flights/flights.odcs.yaml");

  private static final int OF_A_DAY = 400;
  private static final Pattern DELAY = Pattern.compile("\"delay\":(-?\\d+)");

  private Flights() {}

  /** Each once, in the order of their time. */
  static List<String> lines() throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    for (String day : List.of("2001-01-01", "2001-01-02")) {
      Path file = TESTDATA.resolve("flights/" + day + ".ndjson.gz");
      try (BufferedReader text =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        text.lines().limit(OF_A_DAY).forEach(lines::add);
      }
    }
    return new ArrayList<>(lines);
  }

  static int delay(String line) {
    Matcher delay = DELAY.matcher(line);
    if (!delay.find()) {
      throw new IllegalArgumentException("Cannot find a delay in " + line);
    }
    return Integer.parseInt(delay.group(1));
  }

  static String withDelay(String line, int delay) {
    return DELAY.matcher(line).replaceFirst("\"delay\":" + delay);
  }

  /** The contract, but for the longest delay that it allows. */
  static Path contractUpTo(int delay, Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("up-to-%s.odcs.yaml".formatted(delay)),
        Files.readString(CONTRACT).replace("maximum: 720", "maximum: " + delay));
  }
}
