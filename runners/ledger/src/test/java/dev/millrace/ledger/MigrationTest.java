package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** What a ledger of an earlier version has in it stays. */
class MigrationTest extends LedgerTest {

  @Test
  void keepsTheRunsOfTheFirstVersionAndTheirAudits() throws SQLException {
    LedgerLocation first = database.unused(folder.resolve("first"));
    Backend backend = first.backend();
    backend.prepare();
    backend.exclusively(() -> migrate(backend, "1"));
    execute(
        backend,
        """
        INSERT INTO runs (
          id, job, pipeline, pipeline_version, contract, contract_version, runner, slice_from,
          slice_to, output, staging, state, actor, reason, started_at, heartbeat_at, ended_at,
          records_read, records_published, records_rejected, records_duplicates, records_late,
          records_filtered, inputs, failure)
        VALUES (
          'r1', 'flights.job.yaml', 'ingest', '1.2', 'flights', '3.4.5', 'FlinkRunner', 0, 1,
          '/out/flights', '/out/flights/_staging/r1', 'REFUSED', 'ada', '', 2, 3, 4, 15, 5, 4, 3,
          2, 1, '3 files', 'why')
        """,
        "INSERT INTO audits VALUES ('r1', 0, 'conservation', true, '15 records')");
    try (Ledger opened = Ledger.open(first, clock)) {
      RunEntry run = opened.runs().find(Entries.key("r1")).orElseThrow();
      assertThat(run.state(), is(RunState.REFUSED));
      assertThat(run.slice(), is(Optional.of(new Interval(Times.instant(0), Times.instant(1)))));
      assertThat(run.counts(), is(Optional.of(new Counts(15, 5, 4, 3, 2, 1))));
      assertThat(run.inputs(), is(Optional.of("3 files")));
      assertThat(run.failure(), is(Optional.of("why")));
      assertThat(
          opened.runs().audit(run.key()),
          contains(new AuditEntry("conservation", true, "15 records")));
    }
  }

  private static void migrate(Backend backend, String version) {
    FluentConfiguration configuration =
        Flyway.configure(Schema.class.getClassLoader())
            .loggers("slf4j")
            .dataSource(backend.dataSource())
            .createSchemas(false)
            .locations(Schema.MIGRATIONS)
            .target(version);
    backend.schema().ifPresent(configuration::defaultSchema);
    configuration.load().migrate();
  }

  private static void execute(Backend backend, String... statements) throws SQLException {
    try (Connection connection = backend.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
