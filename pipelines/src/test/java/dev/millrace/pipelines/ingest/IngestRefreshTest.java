package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ingest --streaming --refer-refresh}, on a file that changes while the run goes on. */
class IngestRefreshTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private int flights;

  @Test
  void takesTheReferenceAsItIsNow() throws Exception {
    write("airports.csv", "iata\nSFO\nOLD\n");
    PipelineResult run = start();
    assertThat("unknown at first", rejectsAFlightTo("NEW", run), is(true));
    assertThat("known at first", rejectsAFlightTo("OLD", run), is(false));

    write("airports.csv", "iata\nNEW\nSFO\n\n");
    int unknown = 1;
    while (rejectsAFlightTo("NEW", run)) {
      unknown++;
    }
    assertThat("no longer known", rejectsAFlightTo("OLD", run), is(true));
    run.waitUntilFinish();

    StagedOutput output = new StagedOutput(folder.resolve("staging"));
    assertThat(output.manifest().count(Disposition.READ), is((long) flights));
    assertThat(output.manifest().count(Disposition.REJECTED), is(unknown + 1L));
    assertThat(output.rows("records"), hasSize(2));
    assertThat(output.rows("records"), hasItem(containsString("\"destination\":\"NEW\"")));
  }

  private PipelineResult start() {
    Pipeline pipeline =
        IngestRun.build(
            folder.resolve("staging"),
            "--input=" + folder + "/*.ndjson",
            CONTRACT,
            "--refer=origin,destination:" + folder + "/airports.csv#iata",
            "--referRefresh=10ms",
            "--streaming",
            "--shards=1",
            "--pollInterval=10ms",
            "--untilIdle=3s");
    pipeline.getOptions().as(DirectOptions.class).setBlockOnRun(false);
    return pipeline.run();
  }

  /** Has a flight come, and waits for what becomes of it. */
  private boolean rejectsAFlightTo(String destination, PipelineResult run) throws IOException {
    long before = counted("records_rejected", run);
    flights++;
    String flight =
        """
        {"date":"2001-01-01T08:30:00Z","delay":1,"distance":%d,"origin":"SFO","destination":"%s"}
        """;
    write(flights + ".ndjson", flight.formatted(flights, destination));
    Instant end = Instant.now().plus(PATIENCE);
    while (counted("records_passed", run) + counted("records_rejected", run) < flights) {
      assertThat("patience", Instant.now(), lessThan(end));
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return counted("records_rejected", run) > before;
  }

  private static long counted(String name, PipelineResult run) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named("refer", name)).build();
    long count = 0;
    for (MetricResult<Long> counter : run.metrics().queryMetrics(filter).getCounters()) {
      count += counter.getAttempted();
    }
    return count;
  }

  /** The file appears complete. */
  private void write(String name, String text) throws IOException {
    Path hidden = Files.writeString(folder.resolve("." + name), text);
    Files.move(hidden, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource({
    "soon, Invalid --referRefresh: soon (expected a number and one of ms; s; m; h; d; such as 1h; or ISO 8601)",
    "0s, Invalid --referRefresh: Invalid interval: PT0S (expected 1ms or more)",
  })
  void refusesAnIntervalThatIsNone(String interval, String message) throws IOException {
    write("airports.csv", "iata\nSFO\n");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> build("--streaming", interval));
    assertThat(e.getMessage(), is(message.replace(';', ',')));
  }

  @Test
  void readsItOnceInABoundedRun() throws Exception {
    write("airports.csv", "iata\nSFO\n");
    write("1.ndjson", "{\"date\":\"2001-01-01T08:30:00Z\"}");

    assertThat(names(build("--streaming", "1m")), hasItem("ReadReference1/Look/ParMultiDo(Look)"));
    assertThat(
        names(build("--streaming=false", "1m")),
        hasItem("ReadReference1/Values/ParMultiDo(ReadValues)"));
  }

  private Pipeline build(String mode, String interval) {
    return IngestRun.build(
        folder.resolve("none"),
        mode,
        "--runId=refreshed",
        "--output=" + folder + "/output",
        "--input=" + folder + "/*.ndjson",
        CONTRACT,
        "--refer=origin:" + folder + "/airports.csv#iata",
        "--referRefresh=" + interval);
  }

  private static List<String> names(Pipeline pipeline) {
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(Node node) {
            names.add(node.getFullName());
          }
        });
    return names;
  }
}
