package dev.millrace.io.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** What a failure of PostgreSQL means, by its SQLSTATE (PostgreSQL's manual, appendix A). */
final class Failures {
  /**
   * Serialization failure and deadlock, lock and statement timeout, a server that starts or stops,
   * and one that takes no writes as another has taken over.
   */
  private static final Set<String> TRANSIENT =
      Set.of("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25006");

  private Failures() {}

  /**
   * Whether the same may succeed a while later: also without a connection, or with no resources.
   */
  static boolean isTransient(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("53") || TRANSIENT.contains(state);
  }

  /** The message, which has no values of a row, in one line, with the state. */
  static String reason(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return "%s (SQLState %s)".formatted(message.replaceFirst("^(ERROR|FATAL): ", ""), state(e));
  }

  /** What to do about it. */
  static String remedy(SQLException e) {
    String state = state(e);
    if (state.equals("22021") || state.equals("22P05")) {
      return "PostgreSQL has no character U+0000: forbid it in the contract";
    }
    return switch (state.substring(0, 2)) {
      case "08" -> "see whether it is there, and can be reached from here";
      case "22" -> "widen the column, or limit the field in the contract";
      case "23" -> "let the constraint and the contract agree";
      case "28" -> "check user and password";
      case "3D" -> "check the URL";
      case "42" -> "check that the table is as it was, and what the user may do with it";
      default -> "see the log of the database";
    };
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "unknown" : state;
  }
}
