package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresqlDatabaseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String OUTPUT = "/out/flights";
  private static final int TURNS = 60;

  private final ManualClock clock = new ManualClock();
  private LedgerLocation location;

  @BeforeEach
  void name() {
    location = Postgresql.unused();
  }

  @AfterEach
  void startAgain() {
    Postgresql.start();
  }

  private static String message(Runnable call) {
    return assertThrows(LedgerException.class, call::run).getMessage();
  }

  @Test
  void isUsedAgainAfterItsConnectionsEnd() throws SQLException {
    try (Ledger ledger = Ledger.open(location, clock)) {
      for (int round = 0; round < 5; round++) {
        RunEntry run = Entries.run("r" + round, clock.instant());
        ledger.runs().start(run, Optional.empty(), MINUTE);
        assertThat(Postgresql.terminateBackends(), is(greaterThan(0)));
        assertThat(ledger.runs().find(run.key()), is(Optional.of(run)));
        assertThat(Postgresql.terminateBackends(), is(greaterThan(0)));
        ledger.runs().heartbeat(run.key(), Optional.empty());
      }
    }
  }

  @Test
  void losesNothingWhenConnectionsEndDuringCalls() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    try (Ledger ledger = Ledger.open(location, clock)) {
      ledger.backfills().create(Entries.backfill("b1", OUTPUT, clock.instant()), List.of(), MINUTE);
      List<Integer> results =
          Race.of(List.of(() -> takeTurns(ledger, turn), () -> endConnectionsInEachOf(turn)));
      assertThat(results.get(0), is(TURNS));
      assertThat(results.get(1), is(greaterThan(0)));
      assertThat(
          ledger.publishes().history(OUTPUT, "records", "dt=2001-01-15").stream()
              .map(PublishEntry::runId)
              .toList(),
          is(IntStream.range(0, TURNS).mapToObj(i -> "r" + (TURNS - 1 - i)).toList()));
    }
  }

  /** How often it got what it must get, as nobody else wants it. */
  private int takeTurns(Ledger ledger, AtomicInteger turn) {
    int taken = 0;
    try {
      while (turn.get() < TURNS) {
        clock.advance(MINUTE.multipliedBy(2));
        String run = "r" + turn;
        PublishEntry publish = Entries.publish(OUTPUT, "dt=2001-01-15", run, clock.instant());
        ledger.publishes().record(List.of(publish));
        boolean hasLease = ledger.leases().acquire(OUTPUT, List.of("a"), run, MINUTE).isEmpty();
        boolean hasBackfill = ledger.backfills().takeOver("b1", "grace", MINUTE);
        taken += hasLease && hasBackfill ? 1 : 0;
        turn.incrementAndGet();
      }
      return taken;
    } finally {
      turn.set(TURNS);
    }
  }

  /** At most once in each turn, so that there is a way on; says how many it ended. */
  private static int endConnectionsInEachOf(AtomicInteger turn) throws SQLException {
    int ended = 0;
    int last = -1;
    while (last < TURNS) {
      if (turn.get() == last) {
        Thread.onSpinWait();
      } else {
        last = turn.get();
        ended += Postgresql.terminateBackends();
      }
    }
    return ended;
  }

  @Test
  void isWaitedForWhileItStartsAgain() throws Exception {
    RunEntry run = Entries.run("r1", clock.instant());
    try (Ledger ledger = Ledger.open(location, clock)) {
      ledger.runs().start(run, Optional.empty(), MINUTE);
      Postgresql.stop();
      CompletableFuture<Optional<RunEntry>> found = new CompletableFuture<>();
      Thread reader = new Thread(() -> found.complete(ledger.runs().find(Entries.key("r1"))));
      reader.start();
      awaitWaiting(reader);
      assertThat(found.isDone(), is(false));
      Postgresql.start();
      assertThat(found.get(30, TimeUnit.SECONDS), is(Optional.of(run)));
      reader.join();
    }
  }

  private static void awaitWaiting(Thread thread) {
    long end = System.nanoTime() + MINUTE.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not waiting within %s: %s".formatted(MINUTE, thread));
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void isGivenUpAtTheDeadline() throws IOException {
    String refused =
        "ledger %s: Connection to 127.0.0.1:%s refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections (SQLState 08001), tried for PT1S: see whether it is there, and can be reached from here"
            .formatted(location, Postgresql.port());
    LedgerLocation impatient = location.withDeadline(SECOND);
    try (Ledger ledger = Ledger.open(impatient, clock)) {
      Postgresql.stop();
      assertThat(
          message(() -> ledger.runs().heartbeat(Entries.key("r1"), Optional.empty())),
          is("Cannot write to " + refused));
      assertThat(
          message(() -> ledger.runs().find(Entries.key("r1"))), is("Cannot read " + refused));
      assertThat(message(() -> Ledger.open(impatient, clock)), is("Cannot open " + refused));
      Postgresql.start();
      assertThat(ledger.runs().find(Entries.key("r1")), is(Optional.empty()));
    }
  }

  @Test
  void saysWhenATableIsLockedForTooLong() throws SQLException {
    LedgerLocation impatient = location.withDeadline(SECOND);
    try (Ledger ledger = Ledger.open(impatient, clock);
        Connection connection = location.backend().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE runs");
      assertThat(
          message(() -> ledger.runs().heartbeat(Entries.key("r1"), Optional.empty())),
          is(
              "Cannot write to ledger %s: canceling statement due to lock timeout (SQLState 55P03): see which process holds the lock, in pg_locks"
                  .formatted(location)));
      connection.rollback();
      assertThat(ledger.runs().find(Entries.key("r1")), is(Optional.empty()));
    }
  }

  @Test
  void refusesAWrongPassword() throws SQLException, IOException {
    Postgresql.createRole("ledger_writer", "geheim");
    LedgerLocation asWriter = location.withUser("ledger_writer");
    assertThat(
        message(() -> Ledger.open(asWriter.withPassword("falsch"), clock)),
        is(
            "Cannot open ledger %s: password authentication failed for user \"ledger_writer\" (SQLState 28P01): check user and password"
                .formatted(location)));
    assertThat(
        message(() -> Ledger.open(asWriter.withPassword("geheim"), clock)),
        is(
            "Cannot open ledger %s: permission denied for database postgres (SQLState 42501): check what the user may do, and that nobody changed the tables"
                .formatted(location)));
  }

  @Test
  void usesTheFirstSchemaOfSeveral() throws SQLException {
    LedgerLocation several =
        LedgerLocation.url(Postgresql.url() + "?currentSchema=se\"veral,public")
            .withUser("postgres");
    Ledger.open(several, clock).close();
    try (Connection connection = Postgresql.connect();
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT schemaname FROM pg_tables WHERE tablename = 'leases' AND schemaname LIKE 'se%'")) {
      assertThat(tables.next(), is(true));
      assertThat(tables.getString(1), is("se\"veral"));
    }
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    LedgerLocation elsewhere =
        LedgerLocation.url(Postgresql.url().replaceFirst("postgres$", "nowhere"))
            .withUser("postgres");
    assertThat(
        message(() -> Ledger.open(elsewhere, clock)),
        is(
            "Cannot open ledger %s: database \"nowhere\" does not exist (SQLState 3D000): check the URL, or create the database"
                .formatted(elsewhere)));
  }
}
