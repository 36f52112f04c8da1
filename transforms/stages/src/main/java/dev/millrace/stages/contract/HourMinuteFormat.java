package dev.millrace.stages.contract;

/**
 * A time of day as one number, the hour times 100 and the minute, as timetables and the US Bureau
 * of Transportation Statistics have it: 5 is 00:05, 0530 and 530 are 05:30. 2400 is the end of the
 * day.
 */
final class HourMinuteFormat extends TimeFormat {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DIGITS = 4;

  /** The name in a contract. */
  static final String NAME = "HHmm";

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public long micros(long number) {
    long minute = number % 100;
    boolean isTime = number >= 0 && number <= 2400 && minute < 60;
    return isTime ? (number / 100 * 3_600 + minute * 60) * MICROS_PER_SECOND : INVALID;
  }

  @Override
  public long micros(byte[] ascii, int start, int length) {
    long number = 0;
    for (int i = start; i < start + length; i++) {
      if (ascii[i] < '0' || ascii[i] > '9') {
        return INVALID;
      }
      number = 10 * number + ascii[i] - '0';
    }
    return length == 0 || length > MOST_DIGITS ? INVALID : micros(number);
  }

  @Override
  public String expected() {
    return "a time of day such as 0730";
  }
}
