package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("ledger.db");
  }

  private Ledger open() {
    return Ledger.open(LedgerLocation.file(file).withDeadline(SECOND), clock);
  }

  private String failure() {
    return assertThrows(LedgerException.class, () -> open().close()).getMessage();
  }

  /** A ledger of many pages. */
  private void fill() {
    List<String> partitions = IntStream.range(0, 5_000).mapToObj(i -> "partition" + i).toList();
    try (Ledger ledger = open()) {
      ledger.leases().acquire("/out", partitions, "r1", SECOND);
    }
  }

  @Test
  void isMadeWithTheFoldersAboveIt() {
    file = folder.resolve("a/b c/ş?#%.db");
    open().close();
    assertThat(Files.isRegularFile(file), is(true));
  }

  @Test
  void waitsForOthersAndLosesNothing() throws SQLException {
    open().close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(pragma(statement, "journal_mode"), is("wal"));
      assertThat(pragma(statement, "busy_timeout"), is("30000"));
      assertThat(pragma(statement, "foreign_keys"), is("1"));
      assertThat(pragma(statement, "synchronous"), is("2"));
    }
  }

  private Connection connect() throws SQLException {
    return LedgerLocation.file(file).backend().dataSource().getConnection();
  }

  private static String pragma(Statement statement, String name) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      return result.getString(1);
    }
  }

  @Test
  void cannotBeBelowAFile() throws IOException {
    Path other = Files.writeString(folder.resolve("file"), "");
    file = other.resolve("ledger.db");
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: its folder can't be created: %s is a file: name a file elsewhere (--ledger=FILE)"
                .formatted(file, other)));
    file = other.resolve("deeper/ledger.db");
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: its folder can't be created: %s: Not a directory: name a file elsewhere (--ledger=FILE)"
                .formatted(file, other.resolve("deeper"))));
  }

  @Test
  void cannotBeAFolder() {
    file = folder;
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: it is a folder: name a file in it (--ledger=FILE)"
                .formatted(folder)));
  }

  /** Not for root, who may write anywhere. */
  @Test
  void refusesWhatItMayNotWrite() throws IOException {
    open().close();
    assertThat(file.toFile().setWritable(false), is(true));
    assumeFalse(Files.isWritable(file));
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: no permission to write to %s: change that, or name a file elsewhere (--ledger=FILE)"
                .formatted(file, file)));
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertThat(locked.toFile().setWritable(false), is(true));
    file = locked.resolve("ledger.db");
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: no permission to write to %s: change that, or name a file elsewhere (--ledger=FILE)"
                .formatted(file, locked)));
  }

  @Test
  void refusesWhatIsNoSqliteFile() throws IOException {
    byte[] bytes = new byte[20_000];
    new Random(7).nextBytes(bytes);
    Files.write(file, bytes);
    String message =
        "Cannot open ledger %s: it is not a SQLite file: move it away, or name another file (--ledger=FILE)"
            .formatted(file);
    assertThat(failure(), is(message));
    assertThat(Files.readAllBytes(file), is(bytes));
  }

  @Test
  void refusesADamagedHeader() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: it is not a SQLite file: move it away, or name another file (--ledger=FILE)"
                .formatted(file)));
  }

  @Test
  void refusesATruncatedLedger() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: it is damaged: move it away, or put a copy in its place, or name another file (--ledger=FILE)"
                .formatted(file)));
  }

  @Test
  void refusesDamagedPages() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 8_192, bytes.length, (byte) 0x55);
    Files.write(file, bytes);
    assertThat(
        failure(),
        is(
            "Cannot open ledger %s: it is damaged: move it away, or put a copy in its place, or name another file (--ledger=FILE)"
                .formatted(file)));
  }

  @Test
  void saysWhenItIsLockedForTooLong() throws SQLException {
    try (Ledger ledger = open();
        Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      LedgerException e =
          assertThrows(LedgerException.class, () -> ledger.leases().release("/out", "r1"));
      assertThat(
          e.getMessage(),
          is(
              "Cannot write to ledger %s: it is locked by another process, tried for PT1S: see which process has the file open"
                  .formatted(file)));
      assertThat(ledger.runs().find(Entries.key("r1")), is(Optional.empty()));
      statement.execute("COMMIT");
      ledger.leases().release("/out", "r1");
    }
  }
}
