package dev.millrace.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientException;
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
  /** Serialization failure and deadlock, and a server that starts or stops. */
  private static final Set<String> PASSING =
      Set.of("40001", "40P01", "57P01", "57P02", "57P03", "57P04", "57P05");

  private static final String REACHABLE = "see whether it is there, and can be reached from here";

  /** Of the innermost exception that a database threw; anything else is no failure of one. */
  static Failure of(RuntimeException thrown) {
    SQLException sql = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found && (sql == null || isTelling(found))) {
        sql = found;
      }
    }
    if (sql == null) {
      throw thrown;
    }
    return sql instanceof SQLiteException sqlite ? ofSqlite(sqlite) : ofPostgresql(sql);
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
          lasting("it is not a SQLite file", "name another file, or move this one away");
      case SQLITE_CORRUPT ->
          lasting("it is damaged", "move it away, and put a copy of it in its place");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          lasting(
              "its file can't be opened for writing",
              "change the permissions of file and folder, or name a file elsewhere");
      case SQLITE_FULL -> lasting("the disk is full", "make room on it");
      case SQLITE_IOERR -> lasting("the disk failed", "see the log of the system");
      default -> lasting(line(e), "see the cause");
    };
  }

  private static Failure ofPostgresql(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    boolean passes =
        state.startsWith("08")
            || PASSING.contains(state)
            || (state.isEmpty() && e instanceof SQLTransientException);
    if (state.isEmpty()) {
      return new Failure(line(e), REACHABLE, passes);
    }
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
    return message.replaceFirst("^(ERROR|FATAL): ", "");
  }
}
