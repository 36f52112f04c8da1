package dev.millrace.benchmarks.flinksql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import dev.millrace.benchmarks.flights.DemoFlights;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlinkSqlFlightsTest {
  private static final Path DEMO = Path.of("../../../testdata/flights");

  @TempDir private Path folder;

  @Test
  void writesWhatItShould() throws Exception {
    assertThat(DemoFlights.differences(DEMO, folder, FlinkSqlFlights.JOB::run), empty());
  }
}
