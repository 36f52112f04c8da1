package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.pipelines.PipelineShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running job restores by the names of its transforms, its coders and its state: this test shows
 * a change of any of them in review. {@code -Dgolden.update} writes what was found.
 */
class IngestGraphTest {
  private static final Path GRAPHS = Path.of("../testdata/ingest");

  @TempDir Path staging;

  @Test
  void namesCodersAndStateAreThoseThatRunningJobsKnow() throws IOException {
    check("graph.txt");
  }

  @Test
  void namesCodersAndStateAreThoseThatUnboundedJobsKnow() throws IOException {
    check(
        "graph-unbounded.txt",
        "--streaming",
        "--untilIdle=10s",
        "--earlyFirings=1m",
        "--refer=origin:../testdata/flights/airports.csv#iata",
        "--referRefresh=1m");
  }

  @Test
  void namesCodersAndStateAreThoseThatJobsKnowWhichPublishWhileTheyGoOn() throws IOException {
    check("graph-commits.txt", "--streaming", "--output=" + staging, "--runId=run");
  }

  private void check(String graph, String... options) throws IOException {
    List<String> lines = PipelineShape.of(pipeline(options)).lines();
    Golden.check(GRAPHS.resolve(graph), lines);
    assertThat(lines.isEmpty(), equalTo(false));
  }

  private Pipeline pipeline(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--input=../testdata/flights/2001-01-01.ndjson.gz");
    all.add("--contract=../testdata/flights/flights.odcs.yaml");
    all.add("--aggregate=count");
    all.add("--groupBy=origin");
    return IngestRun.build(staging, all.toArray(String[]::new));
  }
}
