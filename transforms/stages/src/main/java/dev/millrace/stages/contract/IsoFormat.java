package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.time.ZoneId;

/**
 * The calendar dates and times of ISO 8601 in its extended form, as RFC 3339 and {@code java.time}
 * write them: {@code yyyy-MM-dd}, {@code HH:mm[:ss[.fraction]]}, and both with a {@code T} between
 * them and {@code Z}, an offset {@code +hh:mm} or neither at the end.
 *
 * <p>Years 0000 to 9999; one to nine digits of fraction, of which those after the sixth are cut
 * off. Every part is checked, so 2001-02-29, 24:00 and the leap second 23:59:60 are no times.
 */
final class IsoFormat extends TimeFormat {
  private static final long serialVersionUID = 1L;
  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 5;
  private static final int MAX_OFFSET_SECONDS = 18 * 3600;
  private static final int[] MONTH_LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Whether times have an offset. */
  enum Offset {
    OPTIONAL,
    REQUIRED,
    REFUSED
  }

  private final FieldType type;
  private final UtcOffsets offsets;
  private final Offset offset;

  IsoFormat(FieldType type, ZoneId zone) {
    this(type, zone, type == FieldType.TIME ? Offset.REFUSED : Offset.OPTIONAL);
  }

  IsoFormat(FieldType type, ZoneId zone, Offset offset) {
    this.type = type;
    this.offsets = UtcOffsets.of(zone);
    this.offset = offset;
  }

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public long micros(long number) {
    return INVALID;
  }

  @Override
  public long micros(byte[] ascii, int start, int length) {
    if (type == FieldType.TIME) {
      return length < TIME_LENGTH ? INVALID : micros(0, ascii, start, start + length);
    }
    if (length < DATE_LENGTH) {
      return INVALID;
    }
    long day = epochDay(ascii, start);
    if (day == INVALID) {
      return INVALID;
    }
    if (type == FieldType.DATE) {
      return length == DATE_LENGTH ? day * MICROS_PER_DAY : INVALID;
    }
    boolean hasTime = length >= DATE_LENGTH + 6 && ascii[start + DATE_LENGTH] == 'T';
    return hasTime ? micros(day, ascii, start + DATE_LENGTH + 1, start + length) : INVALID;
  }

  private long micros(long day, byte[] ascii, int start, int end) {
    int hour = twoDigits(ascii, start, 23);
    int minute = twoDigits(ascii, start + 3, 59);
    if ((hour | minute) < 0 || ascii[start + 2] != ':') {
      return INVALID;
    }
    int second = 0;
    long fraction = 0;
    int at = start + 5;
    if (at + 3 <= end && ascii[at] == ':') {
      second = twoDigits(ascii, at + 1, 59);
      at += 3;
      if (at < end && ascii[at] == '.') {
        int digits = countDigits(ascii, at + 1, end);
        fraction = digits < 1 || digits > 9 ? -1 : fraction(ascii, at + 1, digits);
        at += 1 + digits;
      }
    }
    if (second < 0 || fraction < 0) {
      return INVALID;
    }
    long local = day * 86_400 + hour * 3600L + minute * 60L + second;
    if (offset == (at < end ? Offset.REFUSED : Offset.REQUIRED)) {
      return INVALID;
    }
    long utc = at == end ? offsets.toUtc(local) : toUtc(local, ascii, at, end);
    return utc == INVALID ? INVALID : utc * MICROS_PER_SECOND + fraction;
  }

  private static long toUtc(long local, byte[] ascii, int at, int end) {
    byte sign = ascii[at];
    if (sign == 'Z') {
      return at + 1 == end ? local : INVALID;
    }
    if ((sign != '+' && sign != '-') || at + 6 != end || ascii[at + 3] != ':') {
      return INVALID;
    }
    int hours = twoDigits(ascii, at + 1, 18);
    int minutes = twoDigits(ascii, at + 4, 59);
    int seconds = hours * 3600 + minutes * 60;
    if ((hours | minutes) < 0 || seconds > MAX_OFFSET_SECONDS) {
      return INVALID;
    }
    return sign == '+' ? local - seconds : local + seconds;
  }

  /** The days since 1970-01-01 of yyyy-MM-dd. */
  private static long epochDay(byte[] ascii, int at) {
    int century = twoDigits(ascii, at, 99);
    int yearOfCentury = twoDigits(ascii, at + 2, 99);
    int month = twoDigits(ascii, at + 5, 12);
    int day = twoDigits(ascii, at + 8, 31);
    if ((century | yearOfCentury | month | day) < 0
        || month == 0
        || day == 0
        || ascii[at + 4] != '-'
        || ascii[at + 7] != '-') {
      return INVALID;
    }
    int year = century * 100 + yearOfCentury;
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > MONTH_LENGTHS[month - 1] + (leap && month == 2 ? 1 : 0)) {
      return INVALID;
    }
    // Days of the years before, from year 0, then of the months as if February had 30.
    long days = 365L * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    days += (367 * month - 362) / 12 + day - 1;
    int missingInFebruary = month <= 2 ? 0 : leap ? 1 : 2;
    return days - missingInFebruary - 719_528;
  }

  /** The number of two digits, or -1 if they aren't digits or are more than {@code max}. */
  private static int twoDigits(byte[] ascii, int at, int max) {
    int tens = ascii[at] - '0';
    int ones = ascii[at + 1] - '0';
    if ((tens | ones) < 0 || tens > 9 || ones > 9) {
      return -1;
    }
    int number = tens * 10 + ones;
    return number > max ? -1 : number;
  }

  private static int countDigits(byte[] ascii, int start, int end) {
    int at = start;
    while (at < end && ascii[at] >= '0' && ascii[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private static long fraction(byte[] ascii, int at, int digits) {
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (i < digits ? ascii[at + i] - '0' : 0);
    }
    return micros;
  }

  @Override
  public long ofLocal(long micros) {
    return ofLocal(micros, offsets);
  }

  @Override
  public String expected() {
    return switch (type) {
      case DATE -> "a date such as 2001-01-15";
      case TIME -> "a time of day such as 07:30:00";
      default ->
          switch (offset) {
            case OPTIONAL -> "a time such as 2001-01-15T07:30:00Z";
            case REQUIRED -> "a time with an offset such as 2001-01-15T07:30:00Z";
            case REFUSED -> "a time without an offset such as 2001-01-15T07:30:00";
          };
    };
  }
}
