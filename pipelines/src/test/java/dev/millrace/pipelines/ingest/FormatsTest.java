package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same records in every format and compression, as programs other than this one write them,
 * give the same rows.
 */
class FormatsTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final String FILES = "../testdata/formats/flights.";

  @TempDir Path folder;

  @Test
  void giveTheSameRowsAndCounts() throws Exception {
    StagedOutput expected = run("expected", "ndjson");
    assertThat(expected.rows("records"), hasSize(40));
    for (String format : new String[] {"ndjson", "csv", "json"}) {
      for (String compression : new String[] {"", ".gz", ".zst", ".bz2", ".xz"}) {
        String name = format + compression;
        StagedOutput output = run(name, name);
        assertThat(name, output.rows("records"), equalTo(expected.rows("records")));
        assertThat(name, output.counts(), equalTo(expected.counts()));
      }
    }
  }

  private StagedOutput run(String staging, String name) {
    return IngestRun.to(folder.resolve(staging), "--input=" + FILES + name, CONTRACT);
  }

  @Test
  void areToldByTheOptionRatherThanTheName() throws Exception {
    StagedOutput output =
        IngestRun.to(folder, "--input=" + FILES + "ndjson", "--format=csv", CONTRACT);
    assertThat(output.rows("records"), hasSize(0));
  }
}
