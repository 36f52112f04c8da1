package dev.millrace.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What went wrong, by the SQLSTATE of PostgreSQL (its manual, appendix A) or the result code of
 * SQLite.
 *
 * @param reason in a few words, without values of a row
 * @param remedy what to do about it
 * @param passes whether the same may succeed a while later
 */
record Failure(String reason, String remedy, boolean passes) {
  /**
   * Serialization failure and deadlock, a server that starts or stops, and one that takes no writes
   * as another has taken over.
   */
  private static final Set<String> PASSING =
      Set.of("40001", "40P01", "57P01", "57P02", "57P03", "57P05", "25006");

  private static final String REACHABLE = "see whether it is there, and can be reached from here";
  private static final String CAUSE = "see the cause";

  /** Of the innermost exception that a database threw; empty, if none did. */
  static Optional<Failure> of(Throwable thrown) {
    SQLException sql = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found && (sql == null || isTelling(found))) {
        sql = found;
      }
    }
    return Optional.ofNullable(sql)
        .map(e -> e instanceof SQLiteException sqlite ? ofSqlite(sqlite) : ofPostgresql(e));
  }

  private static boolean isTelling(SQLException e) {
    return e instanceof SQLiteException || e.getSQLState() != null;
  }

  private static Failure ofSqlite(SQLiteException e) {
    int code = e.getResultCode().code & 0xff;
    return switch (SQLiteErrorCode.getErrorCode(code)) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
          new Failure(
              "it is locked by another process", "see which process has the file open", true);
      case SQLITE_NOTADB ->
          lasting("it is not a SQLite file", "move it away, or name another file (--ledger=FILE)");
      case SQLITE_CORRUPT ->
          lasting(
              "it is damaged",
              "move it away, or put a copy in its place, or name another file (--ledger=FILE)");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          lasting(
              "its file can't be opened for writing",
              "change the permissions of file and folder, or name a file elsewhere (--ledger=FILE)");
      case SQLITE_FULL ->
          lasting("the disk is full", "make room on it, or name a file elsewhere (--ledger=FILE)");
      case SQLITE_IOERR ->
          lasting(
              "the disk failed",
              "see the log of the system, or name a file elsewhere (--ledger=FILE)");
      default -> lasting(line(e), CAUSE);
    };
  }

  private static Failure ofPostgresql(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      boolean passes = e instanceof SQLTransientException;
      return new Failure(line(e), passes ? REACHABLE : CAUSE, passes);
    }
    boolean passes = state.startsWith("08") || state.startsWith("53") || PASSING.contains(state);
    return new Failure("%s (SQLState %s)".formatted(line(e), state), remedy(state), passes);
  }

  private static String remedy(String state) {
    if (state.equals("55P03")) {
      return "see which process holds the lock, in pg_locks";
    }
    return switch (state.substring(0, 2)) {
      case "08", "57" -> REACHABLE;
      case "28" -> "check user and password";
      case "3D" -> "check the URL, or create the database";
      case "3F", "42" -> "check what the user may do, and that nobody changed the tables";
      case "53" -> "give the server more room, or close other connections";
      default -> "see the log of the database";
    };
  }

  private static Failure lasting(String reason, String remedy) {
    return new Failure(reason, remedy, false);
  }

  private static String line(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^(ERROR|FATAL): ", "").replaceFirst("\\.$", "");
  }
}
