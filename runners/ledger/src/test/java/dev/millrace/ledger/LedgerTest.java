package dev.millrace.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that get an empty ledger each, on SQLite and on PostgreSQL. */
@ParameterizedClass(name = "{0}")
@EnumSource(Database.class)
abstract class LedgerTest {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Instant DAY = Instant.parse("2001-01-15T00:00:00Z");

  @Parameter Database database;
  @TempDir Path folder;

  final ManualClock clock = new ManualClock();
  LedgerLocation location;
  Ledger ledger;

  @BeforeEach
  void open() {
    location = database.unused(folder);
    ledger = Ledger.open(location, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  /** The slices of days from one on, without a gap. */
  static Interval day(int number) {
    return new Interval(DAY.plus(Duration.ofDays(number)), DAY.plus(Duration.ofDays(number + 1)));
  }
}
