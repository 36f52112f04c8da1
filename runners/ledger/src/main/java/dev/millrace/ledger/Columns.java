package dev.millrace.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** How values are in columns, and how they are got out of them. */
final class Columns {
  private static final String[] COUNTS = {
    "read", "published", "rejected", "duplicates", "late", "filtered"
  };

  private Columns() {}

  /** Has instants and text bound as they are stored. */
  static void register(Jdbi jdbi) {
    jdbi.registerArgument(new InstantColumn());
    jdbi.registerArgument(new TextColumn());
  }

  private static final class InstantColumn extends AbstractArgumentFactory<Instant> {
    InstantColumn() {
      super(Types.BIGINT);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setLong(position, Times.micros(value));
    }
  }

  private static final class TextColumn extends AbstractArgumentFactory<String> {
    TextColumn() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setString(position, storable(value));
    }
  }

  /**
   * With U+FFFD in place of what PostgreSQL has no room for, which may be in a message: U+0000, and
   * halves of surrogate pairs.
   */
  private static String storable(String text) {
    return text.codePoints().allMatch(Columns::isStorable)
        ? text
        : text.codePoints()
            .map(c -> isStorable(c) ? c : 0xFFFD)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** The columns of a slice, empty without one. */
  static Map<String, Object> ofSlice(Optional<Interval> slice) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("sliceFrom", slice.map(Interval::from).orElse(null));
    columns.put("sliceTo", slice.map(Interval::to).orElse(null));
    return columns;
  }

  /** The columns of counts, empty without them. */
  static Map<String, Object> ofCounts(Optional<Counts> counts) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("read", counts.map(Counts::read).orElse(null));
    columns.put("published", counts.map(Counts::published).orElse(null));
    columns.put("rejected", counts.map(Counts::rejected).orElse(null));
    columns.put("duplicates", counts.map(Counts::duplicates).orElse(null));
    columns.put("late", counts.map(Counts::late).orElse(null));
    columns.put("filtered", counts.map(Counts::filtered).orElse(null));
    return columns;
  }

  static Optional<Counts> counts(ResultSet row) throws SQLException {
    long[] counts = new long[COUNTS.length];
    for (int i = 0; i < COUNTS.length; i++) {
      counts[i] = row.getLong("records_" + COUNTS[i]);
      if (row.wasNull()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Counts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]));
  }

  /** The columns of a run's progress, empty without it. */
  static Map<String, Object> ofProgress(Optional<RunProgress> progress) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("readBytes", progress.map(RunProgress::readBytes).orElse(null));
    columns.put("totalBytes", progress.map(RunProgress::totalBytes).orElse(null));
    return columns;
  }

  static Optional<RunProgress> progress(ResultSet row) throws SQLException {
    long read = row.getLong("read_bytes");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new RunProgress(read, row.getLong("total_bytes")));
  }

  static Optional<Interval> slice(ResultSet row) throws SQLException {
    Optional<Instant> from = optionalTime(row, "slice_from");
    Optional<Instant> to = optionalTime(row, "slice_to");
    return from.map(start -> new Interval(start, to.orElseThrow()));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return Times.instant(row.getLong(column));
  }

  static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Times.instant(micros));
  }

  static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
