package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class OpeningTest extends LedgerTest {

  private void execute(LedgerLocation place, String sql) throws SQLException {
    try (Connection connection = place.backend().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String failure(LedgerLocation place) {
    return assertThrows(LedgerException.class, () -> Ledger.open(place, clock).close())
        .getMessage();
  }

  @Test
  void refusesALedgerOfANewerVersion() throws SQLException {
    execute(
        location,
        """
        INSERT INTO flyway_schema_history (
          installed_rank, version, description, type, script, checksum, installed_by,
          installed_on, execution_time, success)
        SELECT installed_rank + 98, '99', description, type, 'V99__Ledger.sql', checksum,
          installed_by, installed_on, execution_time, success
        FROM flyway_schema_history WHERE version = '1'
        """);
    assertThat(
        failure(location),
        is(
            "Cannot open ledger %s: a newer Millrace made its tables, version 99: use that one, or name another ledger (--ledger=FILE)"
                .formatted(location)));
  }

  @Test
  void refusesTablesThatAreNotThoseOfTheirVersion() throws SQLException {
    execute(location, "UPDATE flyway_schema_history SET checksum = 7 WHERE version = '1'");
    assertThat(
        failure(location),
        is(
            "Cannot open ledger %s: its tables, version 1, are not those that were released: name another ledger (--ledger=FILE)"
                .formatted(location)));
  }

  @Test
  void refusesADatabaseOfSomethingElse() throws SQLException {
    LedgerLocation other = database.unused(folder.resolve("other"));
    other.backend().prepare();
    if (database == Database.POSTGRESQL) {
      execute(other, "CREATE SCHEMA " + other.backend().schema().orElseThrow());
    }
    execute(other, "CREATE TABLE runs (id TEXT)");
    assertThat(
        failure(other),
        is(
            "Cannot open ledger %s: it has tables of something else: name another file or schema (--ledger)"
                .formatted(other)));
  }

  @Test
  void succeedsForAllWhoOpenANewLedgerAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      LedgerLocation other = database.unused(folder.resolve("round" + round));
      Race.of(
          Collections.nCopies(
              4,
              () -> {
                try (Ledger opened = Ledger.open(other, clock)) {
                  assertThat(opened.runs().of("/out"), is(empty()));
                  return true;
                }
              }));
    }
  }

  @Test
  void keepsOthersFromTheTablesWhileItChangesThem() {
    Backend other = location.withDeadline(Duration.ofSeconds(1)).backend();
    location
        .backend()
        .exclusively(
            () -> {
              JdbiException e =
                  assertThrows(JdbiException.class, () -> other.exclusively(Assertions::fail));
              assertThat(
                  Failure.of(e).orElseThrow().reason(),
                  is(
                      database == Database.SQLITE
                          ? "it is locked by another process"
                          : "canceling statement due to lock timeout (SQLState 55P03)"));
            });
  }
}
