package dev.millrace.stages.contract;

import java.util.Arrays;

/** Whole seconds, milliseconds or microseconds since 1970-01-01T00:00:00Z. */
final class EpochFormat extends TimeFormat {
  private static final long serialVersionUID = 1L;

  /** What is counted. */
  enum Unit {
    SECONDS("epochSeconds", MICROS_PER_SECOND),
    MILLIS("epochMillis", 1_000L),
    MICROS("epochMicros", 1L);

    private final String format;
    private final long micros;

    Unit(String format, long micros) {
      this.format = format;
      this.micros = micros;
    }

    /** The unit of a format's name in a contract, or null. */
    static Unit named(String format) {
      return Arrays.stream(values()).filter(u -> u.format.equals(format)).findAny().orElse(null);
    }
  }

  private final Unit unit;

  EpochFormat(Unit unit) {
    this.unit = unit;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public long micros(long number) {
    long limit = Long.MAX_VALUE / unit.micros;
    return number > limit || number < -limit ? INVALID : number * unit.micros;
  }

  @Override
  public long micros(byte[] ascii, int start, int length) {
    return INVALID;
  }

  @Override
  public String expected() {
    return "a whole number, " + unit.format;
  }
}
