package dev.millrace.benchmarks.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbIngestTest {
  @TempDir private Path folder;

  @Test
  void writesWhatItShould() throws Exception {
    EventFiles events = EventFiles.of(folder, 4000, Skew.NONE);
    Path output = folder.resolve("output");
    events.prepare();
    DuckDbIngest.run("ingest.sql", events.folder(), output);
    assertThat(OutputCheck.differences(events.prepare(), output), empty());
  }
}
