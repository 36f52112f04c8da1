package dev.millrace.benchmarks.expert;

import java.time.LocalDate;
import java.time.YearMonth;

/** Reads times as most producers write them, such as {@code "2026-03-02T10:00:00.000Z"}. */
final class TimeScan {
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  private int date;
  private long dayMicros;

  /** The microseconds since 1970; any other form fails the scan. */
  long micros(Scan scan) {
    scan.expect('"');
    int year = scan.digits(4);
    scan.expect('-');
    int month = scan.digits(2);
    scan.expect('-');
    int day = scan.digits(2);
    scan.expect('T');
    int hour = scan.digits(2);
    scan.expect(':');
    int minute = scan.digits(2);
    scan.expect(':');
    int second = scan.digits(2);
    scan.expect('.');
    int millis = scan.digits(3);
    scan.expect('Z');
    scan.expect('"');
    if (scan.failed() || hour > 23 || minute > 59 || second > 59 || !takeDay(year, month, day)) {
      scan.fail();
      return 0;
    }
    return dayMicros + ((hour * 60L + minute) * 60 + second) * 1_000_000 + millis * 1000L;
  }

  /** Events of one day follow each other, so the last one is kept. */
  private boolean takeDay(int year, int month, int day) {
    int newDate = (year * 16 + month) * 32 + day;
    if (newDate == date) {
      return true;
    }
    if (month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      return false;
    }
    date = newDate;
    dayMicros = LocalDate.of(year, month, day).toEpochDay() * MICROS_OF_DAY;
    return true;
  }
}
