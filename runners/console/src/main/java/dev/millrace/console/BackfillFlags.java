package dev.millrace.console;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of verbs that run the slices of a backfill. */
final class BackfillFlags {
  @Mixin RunFlags run;

  @Mixin LedgerFlags ledger;

  @Mixin WaitFlags wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How long a slice may take, such as 90s, 30m or 2h. Default: ${DEFAULT-VALUE}.")
  private String timeout;

  Duration timeout() {
    try {
      Duration parsed = Duration.parse("PT" + timeout.toUpperCase(Locale.ROOT));
      if (parsed.compareTo(Duration.ZERO) > 0) {
        return parsed;
      }
    } catch (DateTimeParseException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  private IllegalArgumentException invalid(Exception cause) {
    return new IllegalArgumentException(
        "Invalid --timeout: %s (expected a time such as 90s, 30m or 2h)".formatted(timeout), cause);
  }
}
