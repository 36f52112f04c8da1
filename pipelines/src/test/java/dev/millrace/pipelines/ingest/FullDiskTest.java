package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.table.Manifest;
import dev.millrace.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run whose disk is full where one of its tables goes fails, and says which file it was. Late
 * records are written as the others are, and a bounded run has none.
 */
class FullDiskTest {
  private static final Path CASE = Path.of("../testdata/ingest/late-and-filtered");

  /** Not a temporary folder, whose deletion workers of the failed run could disturb. */
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "full-disk-");
  }

  @ParameterizedTest
  @CsvSource({
    "records, records/dt=\\d{4}-\\d\\d-\\d\\d/part-00000.parquet",
    "aggregates, aggregates/dt=\\d{4}-\\d\\d-\\d\\d/part-00000.parquet",
    "quarantine, quarantine/reason=malformed/part-00000.ndjson",
    ".records.rowgroups, \\.records.rowgroups/[0-9a-f]{32}.parquet",
    ".aggregates.rowgroups, \\.aggregates.rowgroups/[0-9a-f]{32}.parquet",
  })
  void failsTheRunAndNamesTheFile(String table, String file) throws IOException {
    Path staging = folder.resolve("staging");
    try (SmallDisk disk = SmallDisk.mount(staging.resolve(table), 100, 8)) {
      disk.leavePages(0);

      RuntimeException failure = assertThrows(RuntimeException.class, () -> run(staging));

      assertThat(
          ours(failure).getMessage(),
          matchesPattern("Cannot write %s/%s: No space left on device".formatted(staging, file)));
      assertThat(Files.exists(staging.resolve(Manifest.FILE_NAME)), is(false));
    }
  }

  @Test
  void failsTheRunIfNoFolderCanBeMade() throws IOException {
    Path staging = folder.resolve("staging");
    try (SmallDisk disk = SmallDisk.mount(staging, 20, 100)) {
      disk.leaveFiles(0);
      RuntimeException failure = assertThrows(RuntimeException.class, () -> run(staging));
      assertThat(
          ours(failure).getMessage(),
          matchesPattern(
              "Cannot write %s/.*: Unable to create parent directories for .*".formatted(staging)));
    }
  }

  private static Throwable ours(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && !at.getMessage().startsWith("Cannot ")) {
      at = at.getCause();
    }
    return at;
  }

  private void run(Path staging) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(CASE.resolve("input.ndjson")));
    lines.add("garbage");
    Path input = Files.write(folder.resolve("input.ndjson"), lines);
    IngestRun.to(
        staging,
        "--input=" + input,
        "--contract=" + CASE.resolve("contract.odcs.yaml"),
        "--aggregate=count");
  }
}
