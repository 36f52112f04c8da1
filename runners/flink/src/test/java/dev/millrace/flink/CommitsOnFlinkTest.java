package dev.millrace.flink;

import static dev.millrace.flink.LiveIngest.await;
import static dev.millrace.flink.LiveIngest.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that goes on, with checkpoints, on Flink in this process: flights are told apart by their
 * distance, and each must be published once.
 */
class CommitsOnFlinkTest {
  private static final int FLIGHTS_A_DAY = 480;

  @TempDir Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void makeFolders() throws IOException {
    input = Files.createDirectory(folder.resolve("in"));
    output = Files.createDirectory(folder.resolve("out"));
  }

  @Test
  void publishesEachRecordOnceWhileItGoesOn() throws IOException {
    for (int day = 1; day <= 4; day++) {
      arrive(day, flights(day));
    }
    try (LiveIngest run = start()) {
      await(() -> run.has("records", 3));
      assertThat(run.published("records", 1, 2, 3), is(distancesOfDays(1, 3)));

      arrive(5, flight(1, 0, 9_999) + flights(5));
      arrive(6, flights(6));
      await(() -> run.has("late", 1));
      await(() -> run.has("records", 5));
      assertThat(run.published("late", 1), is(List.of(9_999L)));
      assertThat(run.published("records", 1, 2, 3, 4, 5), is(distancesOfDays(1, 5)));
    }
  }

  @Test
  void goesOnFromItsCheckpointsWhenTheDiskWorksAgain() throws IOException {
    for (int day = 1; day <= 4; day++) {
      arrive(day, flights(day) + "{\n");
    }
    Path inTheWay = Files.writeString(output.resolve("records"), "in the way");
    try (LiveIngest run = start()) {
      await(() -> Files.exists(output.resolve("quarantine")));
      List<Path> before = run.commits();
      await(() -> Files.exists(output.resolve("aggregates/dt=2001-01-01"))); // before records
      Files.delete(inTheWay);
      await(() -> run.has("records", 3));
      assertThat(run.published("records", 1, 2, 3), is(distancesOfDays(1, 3)));
      assertThat(run.commits().containsAll(before), is(true));
      await(() -> run.count(Disposition.READ) >= 3 * (FLIGHTS_A_DAY + 1));
    }
  }

  private LiveIngest start() throws IOException {
    return LiveIngest.start(
        folder,
        Map.of(
            "input", input + "/*.ndjson",
            "aggregate", "count",
            "filesPerPoll", "1",
            "pollInterval", "500ms")); // with checkpoints between files
  }

  private static List<Long> distancesOfDays(int first, int last) {
    return LongStream.range((long) first * FLIGHTS_A_DAY, (last + 1L) * FLIGHTS_A_DAY)
        .boxed()
        .toList();
  }

  private static String flights(int day) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FLIGHTS_A_DAY; i++) {
      lines.append(flight(day, 3 * i, (long) day * FLIGHTS_A_DAY + i));
    }
    return lines.toString();
  }

  private void arrive(int day, String text) throws IOException {
    Path hidden = Files.writeString(input.resolve("." + day), text);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(100_000L * day));
    Files.move(hidden, input.resolve(day + ".ndjson"));
  }
}
