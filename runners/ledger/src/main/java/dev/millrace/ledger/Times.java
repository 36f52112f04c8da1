package dev.millrace.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Instants as they are stored: microseconds since 1970 in a {@code BIGINT}.
 *
 * <p>Numbers, since both databases compare them alike: the order of text is the collation's, and
 * the types for times are not the same in both. SQL shows one by {@code to_timestamp(t / 1e6)} on
 * PostgreSQL, and by {@code datetime(t / 1000000, 'unixepoch')} on SQLite.
 */
final class Times {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Times() {}

  /** Without what is finer than is stored, so that entries are read as they were written. */
  static Instant exact(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  static Optional<Instant> exact(Optional<Instant> time) {
    return time.map(Times::exact);
  }

  static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
        time.getNano() / NANOS_PER_MICRO);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }
}
