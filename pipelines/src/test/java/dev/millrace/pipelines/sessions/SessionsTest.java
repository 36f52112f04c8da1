package dev.millrace.pipelines.sessions;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.table.Manifest;
import dev.millrace.pipelines.ingest.StagedOutput;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final String FLIGHT =
      """
      {"date":"2001-01-%sZ","delay":%d,"distance":100,"origin":"%s","destination":"SFO"}""";

  @TempDir Path folder;

  @Test
  void endsASessionAfterTheGapAndSumsDaysUpInSql() throws Exception {
    Path input = folder.resolve("flights.ndjson");
    Files.write(
        input,
        List.of(
            FLIGHT.formatted("01T23:50:00", 10, "LAX"),
            FLIGHT.formatted("01T08:00:00", 1, "LAX"),
            FLIGHT.formatted("02T00:10:00", 20, "LAX"),
            FLIGHT.formatted("01T08:29:59", 3, "LAX"),
            FLIGHT.formatted("01T08:29:59", 3, "LAX"),
            FLIGHT.formatted("01T08:59:59", 5, "LAX"),
            FLIGHT.formatted("01T08:10:00", 7, "JFK"),
            FLIGHT.formatted("02T12:00:00", 9, "JFK"),
            FLIGHT.formatted("02T12:00:00", 9_999, "JFK")));

    StagedOutput output =
        run("--input=" + input, CONTRACT, "--sessionKey=origin", "--aggregate=max(delay)");

    assertThat(
        output.rows("sessions"),
        contains(
            session("01", "JFK", "01T08:10:00", "01T08:10:00", 0, 1, 7),
            session("01", "LAX", "01T08:00:00", "01T08:29:59", 1_799, 2, 3),
            session("01", "LAX", "01T08:59:59", "01T08:59:59", 0, 1, 5),
            session("01", "LAX", "01T23:50:00", "02T00:10:00", 1_200, 2, 20),
            session("02", "JFK", "02T12:00:00", "02T12:00:00", 0, 1, 9)));
    assertThat(
        output.rows("daily"),
        contains(
            "{\"partition\":\"dt=2001-01-01\",\"day\":\"2001-01-01\",\"sessions\":4,\"records\":6,\"seconds\":2999,\"most_records\":2,\"most_seconds\":1799}",
            "{\"partition\":\"dt=2001-01-02\",\"day\":\"2001-01-02\",\"sessions\":1,\"records\":1,\"seconds\":0,\"most_records\":1,\"most_seconds\":0}"));
    assertThat(output.rows("records"), hasSize(7));
    assertThat(
        output.counts(),
        is(
            "{\"read\":9,\"accepted\":8,\"published\":7,\"rejected\":1,\"duplicate\":1,\"late\":0,\"filtered\":0,\"rejected_by_reason\":{\"out_of_range\":1}}"));
  }

  private static String session(
      String day, String origin, String start, String end, int seconds, int records, int delay) {
    return """
        {"partition":"dt=2001-01-%s","origin":"%s","day":"2001-01-%s","session_start":"2001-01-%sZ","session_end":"2001-01-%sZ","seconds":%d,"records":%d,"max_delay":%d}"""
        .formatted(day, origin, day, start, end, seconds, records, delay);
  }

  @Test
  void accountsForEveryFlightOfADay() throws IOException {
    Manifest manifest =
        run("--input=../testdata/flights/2001-01-01.ndjson.gz", CONTRACT, "--sessionKey=origin")
            .manifest();

    assertThat(manifest.count(Disposition.READ) > 10_000, is(true));
    assertThat(
        manifest.count(Disposition.READ),
        is(
            manifest.rows("records")
                + manifest.rows("quarantine")
                + manifest.count(Disposition.DUPLICATE)));
    assertThat(manifest.rows("daily"), is(1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sessionKey=airline | Invalid --sessionKey: Cannot find field airline in flights: its fields are [date, delay, distance, origin, destination]",
        "--sessionKey=origin --gap=soon | Invalid --gap: Invalid window: session soon (expected 1h, 1h every 15m, session 30m, day, or day in America/New_York)",
        "--sessionKey=origin --aggregate=max(speed) | Invalid --aggregate: Cannot find field speed in flights: its fields are [date, delay, distance, origin, destination]",
        "--sessionKey=origin --streaming | Invalid --streaming: true (expected a bounded run: a session of files ends with them)",
      })
  void refusesWhatCannotWorkInOneLine(String options, String message) {
    List<String> args =
        new ArrayList<>(List.of("--input=../testdata/flights/2001-01-01.ndjson.gz", CONTRACT));
    args.addAll(List.of(options.split(" ", -1)));

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> build(args.toArray(String[]::new)));

    assertThat(refusal.getMessage(), is(message));
  }

  private StagedOutput run(String... options) {
    build(options).run().waitUntilFinish();
    return new StagedOutput(folder.resolve("staging"));
  }

  private Pipeline build(String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    args.addAll(List.of("--staging=" + folder.resolve("staging"), "--targetParallelism=1"));
    SessionsOptions sessions =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
            .withValidation()
            .as(SessionsOptions.class);
    Pipeline pipeline = Pipeline.create(sessions);
    new Sessions().build(pipeline, sessions);
    return pipeline;
  }
}
