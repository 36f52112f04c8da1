package dev.millrace.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.WriteException;
import dev.millrace.record.Record;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TableWriterTest {
  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  private static final String WAITING_FOR_A_LOCK =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

  private final List<Long> waits = new ArrayList<>();
  private final Patience patience = Patience.DEFAULT.withSleeper(waits::add);

  private static Upsert accounts(String table) throws SQLException {
    POSTGRES.execute(Accounts.upsert(table).definition());
    return Accounts.upsert(table);
  }

  private static Batch batch(Upsert upsert, Stream<Record> records) {
    Batch batch = new Batch(upsert, 10_000, 1 << 20);
    records.forEach(batch::add);
    return batch;
  }

  @Test
  void writersOfTheSameKeysWaitForEachOtherAndNeverBoth() throws Exception {
    Upsert upsert = accounts("contended");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Integer>> failures = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      failures.add(threads.submit(upsertsOf(upsert, thread)));
    }
    for (Future<Integer> failure : failures) {
      assertThat(failure.get(60, TimeUnit.SECONDS), is(0));
    }
    threads.shutdown();
    assertThat(
        POSTGRES.query("SELECT count(*), min(changed), max(owner) FROM contended"),
        contains("50|119|thread 3"));
  }

  /** Half of the threads give their records in the order of the keys, the others backwards. */
  private Callable<Integer> upsertsOf(Upsert upsert, int thread) {
    return () -> {
      int failed = 0;
      try (TableWriter writer = new TableWriter(upsert, POSTGRES.database(), patience)) {
        for (int round = 0; round < 120; round++) {
          int version = round;
          failed +=
              writer.write(
                  batch(
                      upsert,
                      IntStream.range(0, 50)
                          .map(i -> thread % 2 == 0 ? i : 49 - i)
                          .mapToObj(id -> Accounts.of(id, version, "thread " + thread))));
        }
      }
      return failed;
    };
  }

  @Test
  void writesAgainAfterADeadlock() throws Exception {
    Upsert upsert = accounts("locked");
    POSTGRES.execute("INSERT INTO locked VALUES (1, 0, ''), (2, 0, '')");
    // The one that waits this long and finds a deadlock gives way: the writer, which waits first.
    POSTGRES.execute("ALTER ROLE CURRENT_USER SET deadlock_timeout = '3s'");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (TableWriter writer = new TableWriter(upsert, POSTGRES.database(), patience);
        Connection other = POSTGRES.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SET deadlock_timeout = '1min'");
      other.setAutoCommit(false);
      statement.execute("UPDATE locked SET owner = 'other' WHERE id = 2");
      Batch both = batch(upsert, Stream.of(Accounts.of(1, 1, "a"), Accounts.of(2, 1, "b")));
      Future<Integer> failures = thread.submit(() -> writer.write(both));
      POSTGRES.await(WAITING_FOR_A_LOCK, "1");
      statement.execute("UPDATE locked SET owner = 'other' WHERE id = 1");
      other.commit();
      assertThat(failures.get(60, TimeUnit.SECONDS), is(1));
    }
    thread.shutdown();
    assertThat(waits, hasSize(1));
    assertThat(
        POSTGRES.query("SELECT id, changed, owner FROM locked ORDER BY id"),
        contains("1|1|a", "2|1|b"));
  }

  @Test
  void triesAgainWhatTakesTooLong() throws Exception {
    Upsert upsert = accounts("slow");
    try (Connection other = POSTGRES.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE slow IN SHARE MODE");
      Patience short_ =
          patience
              .withStatementTimeout(Duration.ofSeconds(1))
              .withSleeper(
                  millis -> {
                    waits.add(millis);
                    endTransaction(other);
                  });
      try (TableWriter writer = new TableWriter(upsert, POSTGRES.database(), short_)) {
        assertThat(writer.write(batch(upsert, Stream.of(Accounts.of(1, 1, "a")))), is(1));
      }
    }
    assertThat(POSTGRES.query("SELECT count(*) FROM slow"), contains("1"));
  }

  private static void endTransaction(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givesUpAfterTheDeadline() throws Exception {
    Upsert upsert = accounts("gone");
    try (TableWriter writer =
        new TableWriter(
            upsert, POSTGRES.database(), patience.withDeadline(Duration.ofMinutes(2)))) {
      POSTGRES.stop();
      WriteException failure =
          assertThrows(
              WriteException.class,
              () -> writer.write(batch(upsert, Stream.of(Accounts.of(1, 1, "a")))));
      assertThat(
          failure.getMessage(),
          startsWith(
              "Cannot write to table gone of %s: Connection to ".formatted(POSTGRES.database())));
      assertThat(
          failure.getMessage(), containsString(" (SQLState 08001): it was tried again for PT2M"));
    } finally {
      POSTGRES.start();
    }
    assertThat(waits.stream().mapToLong(Long::longValue).sum(), is(120_000L));
    assertThat(waits.size(), is(greaterThan(10)));
  }

  @Test
  void saysWhatToDoAboutTextThatPostgresLacks() throws Exception {
    Upsert upsert = accounts("texts");
    assertThat(
        refusal(upsert, Accounts.of(1, 1, "a\u0000b")),
        is(
            "Cannot write to table texts of %s: invalid byte sequence for encoding \"UTF8\": 0x00 (SQLState 22021): PostgreSQL has no character U+0000: forbid it in the contract"
                .formatted(POSTGRES.database())));
  }

  @Test
  void refusesWhatAColumnCannotHold() throws Exception {
    Upsert upsert = accounts("small");
    POSTGRES.execute("ALTER TABLE small ALTER COLUMN owner TYPE varchar(3)");
    POSTGRES.execute("ALTER TABLE small ALTER COLUMN changed TYPE integer");
    assertThat(
        refusal(upsert, Accounts.of(1, 1, "long")),
        containsString(
            "value too long for type character varying(3) (SQLState 22001): widen the column, or limit the field in the contract"));
    assertThat(
        refusal(upsert, Accounts.of(1, 1L << 40, "abc")),
        containsString("integer out of range (SQLState 22003): widen the column"));
  }

  @Test
  void saysThatThePasswordIsWrongWithoutIt() throws Exception {
    POSTGRES.execute("CREATE ROLE reader");
    Upsert upsert = accounts("private");
    Database reader = POSTGRES.database().withUser("reader");
    try (TableWriter writer = new TableWriter(upsert, reader, patience)) {
      WriteException failure = assertThrows(WriteException.class, writer::check);
      assertThat(
          failure.getMessage(),
          containsString(
              "role \"reader\" is not permitted to log in (SQLState 28000): check user and password"));
    }
    POSTGRES.execute("ALTER ROLE reader LOGIN");
    try (TableWriter writer = new TableWriter(upsert, reader, patience)) {
      WriteException failure =
          assertThrows(
              WriteException.class,
              () -> writer.write(batch(upsert, Stream.of(Accounts.of(1, 1, "a")))));
      assertThat(
          failure.getMessage(),
          containsString(
              "permission denied for table private (SQLState 42501): check that the table is as it was, and what the user may do with it"));
    }
    assertThat(waits, hasSize(0));
  }

  private String refusal(Upsert upsert, Record record) {
    try (TableWriter writer = new TableWriter(upsert, POSTGRES.database(), patience)) {
      return assertThrows(
              WriteException.class, () -> writer.write(batch(upsert, Stream.of(record))))
          .getMessage();
    }
  }
}
