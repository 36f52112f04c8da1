package dev.millrace.pipelines.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/**
 * Small days of records drawn from a seed, filed under the day or one beside it, with copies,
 * conflicts and lines that are no records.
 */
final class RandomDays {
  private static final Path CONTRACT =
      Path.of("../testdata/ingest/duplicates-by-key/contract.odcs.yaml");
  private static final List<String> WINDOWS = List.of("1h", "3h every 1h", "5h", "session 40m");
  private static final int RECORDS_A_DAY = 60;

  private final long seed;
  private final LocalDate first;
  private final int days;

  RandomDays(long seed, LocalDate first, int days) {
    this.seed = seed;
    this.first = first;
    this.days = days;
  }

  /** One seed in two compares contents. */
  boolean hasKey() {
    return seed % 2 == 0;
  }

  String window() {
    return WINDOWS.get((int) (seed / 2 % WINDOWS.size()));
  }

  /** Writes a contract with a horizon of some hours. */
  Path contract(Path folder) throws IOException {
    String text =
        Files.readString(CONTRACT)
            .replace("value: 1d", "value: " + new Random(seed).nextInt(1, 30) + "h");
    return Files.writeString(
        folder.resolve("contract.yaml"),
        hasKey() ? text : text.replace("value: [region, id]", "value: content"));
  }

  DatedFiles files() {
    Random random = new Random(seed);
    DatedFiles files = new DatedFiles();
    for (int i = 0; i < days * RECORDS_A_DAY; i++) {
      LocalDate day = first.plusDays(i / RECORDS_A_DAY);
      String record = record(day, random);
      files.put(near(day, random), record);
      if (random.nextInt(8) == 0) {
        files.put(near(day, random), record);
      }
      if (random.nextInt(20) == 0) {
        files.put(near(day, random), "{" + i);
      }
      if (random.nextInt(20) == 0) {
        files.put(near(day, random), record.replace("\"id\":", "\"id\":\"none\",\"more\":"));
      }
    }
    return files;
  }

  private static String record(LocalDate day, Random random) {
    Instant time =
        day.atStartOfDay(ZoneOffset.UTC).plusMinutes(random.nextInt(0, 24 * 60)).toInstant();
    return """
        {"at":"%s","region":"%s","id":%d,"state":"%s"}"""
        .formatted(time, random.nextBoolean() ? "eu" : "us", random.nextInt(50), random.nextInt(3));
  }

  /** The day, or the one before or after it, within the days. */
  private LocalDate near(LocalDate day, Random random) {
    LocalDate near = day.plusDays(random.nextInt(6) < 4 ? 0 : random.nextBoolean() ? 1 : -1);
    boolean isThere = !near.isBefore(first) && near.isBefore(first.plusDays(days));
    return isThere ? near : day;
  }
}
