package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.pipelines.EngineOptions;
import dev.millrace.pipelines.PipelineShape;
import dev.millrace.testing.broker.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running job restores by the names of its transforms, its coders and its state: this test shows
 * a change of any of them in review. {@code -Dgolden.update} writes what was found.
 */
class IngestGraphTest {
  private static final Path GRAPHS = Path.of("../testdata/ingest");
  private static final String FILES = "--input=../testdata/flights/2001-01-01.ndjson.gz";

  @TempDir Path staging;

  @Test
  void namesCodersAndStateAreThoseThatRunningJobsKnow() throws IOException {
    check("graph.txt", FILES);
  }

  @Test
  void namesCodersAndStateAreThoseThatUnboundedJobsKnow() throws IOException {
    check(
        "graph-unbounded.txt",
        FILES,
        "--streaming",
        "--untilIdle=10s",
        "--earlyFirings=1m",
        "--refer=origin:../testdata/flights/airports.csv#iata",
        "--referRefresh=1m");
  }

  @Test
  void namesCodersAndStateAreThoseThatJobsKnowWhichPublishWhileTheyGoOn() throws IOException {
    check("graph-commits.txt", FILES, "--streaming", "--output=" + staging, "--runId=run");
  }

  /** From a topic into all sinks at once, as on a runner with checkpoints. */
  @Test
  void namesCodersAndStateAreThoseThatJobsKnowWhichSendExactlyOnce()
      throws IOException, SQLException {
    // Not the broker that all tests share: what else is run here needs the memory that it takes.
    try (KafkaBroker broker = KafkaBroker.start();
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      List.of("flights", "published", "rejected").forEach(topic -> broker.createTopic(topic, 1));
      String key = createTable(postgres);
      IngestOptions options =
          options(
              "--topic=flights",
              "--bootstrapServers=" + broker.bootstrapServers(),
              "--streaming",
              "--output=" + staging,
              "--runId=run",
              "--outputTopic=published",
              "--outputKey=origin",
              "--deadLetterTopic=rejected",
              "--jdbcTable=flights",
              "--jdbcKey=" + key,
              "--jdbcUrl=" + postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""),
              "--jdbcUser=postgres");
      options.as(EngineOptions.class).setStableInput(true);
      check("graph-sinks.txt", options);
    }
  }

  private static String createTable(EmbeddedPostgres postgres) throws SQLException {
    String key = "date,delay,distance,origin,destination";
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table flights (date timestamptz, delay bigint, distance bigint, origin text, destination text, primary key (%s))"
              .formatted(key));
    }
    return key;
  }

  private void check(String graph, String... options) throws IOException {
    check(graph, options(options));
  }

  private static void check(String graph, IngestOptions options) throws IOException {
    List<String> lines = PipelineShape.of(IngestRun.build(options)).lines();
    Golden.check(GRAPHS.resolve(graph), lines);
    assertThat(lines.isEmpty(), equalTo(false));
  }

  private IngestOptions options(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--contract=../testdata/flights/flights.odcs.yaml");
    all.add("--aggregate=count");
    all.add("--groupBy=origin");
    return IngestRun.options(staging, all.toArray(String[]::new));
  }
}
