package dev.millrace.benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.events.Truth;
import dev.millrace.benchmarks.peer.KeyedState;
import dev.millrace.benchmarks.peer.NativeFlinkIngest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check over what the native job really writes, as it is and damaged. */
final class OutputCheckTest {
  private static Truth truth;
  private static Path right;

  @TempDir private Path output;

  @BeforeAll
  static void runTheNativeJob(@TempDir Path folder) throws Exception {
    EventFiles events = EventFiles.of(folder, 4000, Skew.NONE);
    truth = events.prepare();
    right = folder.resolve("output");
    NativeFlinkIngest.run(KeyedState.SORTED, events.folder(), right);
  }

  @Test
  void findsNothingWrongWithTheNativeJob() throws Exception {
    assertThat(truth.copies(), greaterThan(0L));
    assertThat(truth.rejected(), greaterThan(0L));
    assertThat(OutputCheck.differences(truth, right), empty());
  }

  @Test
  void noticesRowsThatAreMissing() throws Exception {
    copy();
    Files.delete(files("records").get(0));
    assertThat(differences(), hasItem(startsWith("rows by partition: expected {dt=2026-03-02=")));
  }

  @Test
  void noticesAggregatesThatAreMissing() throws Exception {
    copy();
    Files.delete(files("aggregates").get(0));
    assertThat(
        differences(),
        contains(
            startsWith(
                "groups whose aggregates are not those of their records: expected 0, found ")));
  }

  @Test
  void noticesRejectsThatAreMissing() throws Exception {
    copy();
    Files.writeString(files("quarantine").get(0), "");
    assertThat(
        differences(), contains(startsWith("rejects: expected " + truth.rejected() + ", found ")));
  }

  @Test
  void noticesDuplicatesThatWereNotCounted() throws Exception {
    copy();
    Files.writeString(output.resolve("report.json"), "{\"duplicates\":0}");
    assertThat(differences(), contains("duplicates: expected " + truth.copies() + ", found 0"));
  }

  private List<String> differences() throws IOException, SQLException {
    return OutputCheck.differences(truth, output);
  }

  private List<Path> files(String table) throws IOException {
    try (Stream<Path> files = Files.walk(output.resolve(table))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(right)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = output.resolve(right.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
