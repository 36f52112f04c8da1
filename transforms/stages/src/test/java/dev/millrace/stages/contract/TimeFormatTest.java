package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.copied;
import static dev.millrace.stages.contract.Contracts.micros;
import static dev.millrace.stages.contract.Contracts.rule;
import static dev.millrace.stages.contract.TimeFormat.INVALID;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.millrace.record.FieldType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
  private static final TimeFormat ISO = iso(ZoneOffset.UTC);
  private static final TimeFormat DATE = new IsoFormat(FieldType.DATE, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2001-01-15T07:30Z, 2001-01-15T07:30:00Z",
    "2001-01-15T07:30:12Z, 2001-01-15T07:30:12Z",
    "2001-01-15T07:30:12, 2001-01-15T07:30:12Z",
    "2001-01-15T07:30, 2001-01-15T07:30:00Z",
    "2001-01-15T07:30:12.5Z, 2001-01-15T07:30:12.5Z",
    "2001-01-15T07:30:12.123456789Z, 2001-01-15T07:30:12.123456Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
    "2001-01-15T07:30:12.25+05:30, 2001-01-15T02:00:12.25Z",
    "2001-01-15T07:30-08:00, 2001-01-15T15:30:00Z",
    "2001-01-15T07:30:12-00:00, 2001-01-15T07:30:12Z",
    "2001-01-15T07:30:12+18:00, 2001-01-14T13:30:12Z",
    "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void readsIsoTimes(String text, String expected) {
    assertThat(micros(ISO, text), is(microsOf(Instant.parse(expected))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2001-01-15",
        "2001-01-15T",
        "2001-01-15T07",
        "2001-01-15T07:3",
        "2001-01-15T7:30Z",
        "2001-01-15T07:30:1Z",
        "2001-01-15T07:30:12.Z",
        "2001-01-15T07:30:12.1234567890Z",
        "2001-01-15T07:30.5Z",
        "2001-01-15T07:30:12,5Z",
        "2001-01-15T07:30:12z",
        "2001-01-15t07:30:12Z",
        "2001-01-15 07:30:12Z",
        "2001-01-15T24:00:00Z",
        "2001-01-15T23:60:00Z",
        "2001-01-15T23:59:60Z",
        "2001-00-15T07:30:12Z",
        "2001-13-15T07:30:12Z",
        "2001-01-00T07:30:12Z",
        "2001-01-32T07:30:12Z",
        "2001-04-31T07:30:12Z",
        "2001-02-29T07:30:12Z",
        "1900-02-29T07:30:12Z",
        "2001/01/15T07:30:12Z",
        "2001-01-15T07.30.12Z",
        "+2001-01-15T07:30:12Z",
        "2001-1-15T07:30:12Z",
        "20010115T073012Z",
        "2001-01-15T07:30:12Z ",
        "2001-01-15T07:30:12ZZ",
        "2001-01-15T07:30:12+05",
        "2001-01-15T07:30:12+0530",
        "2001-01-15T07:30:12+18:01",
        "2001-01-15T07:30:12+19:00",
        "2001-01-15T07:30:12+05:60",
        "2001-01-15T07:30:12*05:30",
        "2001-01-15T07:30:12+05-30",
        "2001-01-15T07:30:12+",
        "\u0662001-01-15T07:30:12Z",
        "2001-01-15T07:30:1\u00e9"
      })
  void refusesWhatIsNoIsoTime(String text) {
    assertThat(micros(ISO, text), is(INVALID));
  }

  @Test
  void readsIsoDates() {
    assertThat(micros(DATE, "1970-01-02"), is(86_400_000_000L));
    assertThat(micros(DATE, "2000-02-30"), is(INVALID));
    assertThat(micros(DATE, "2000-02-03T00:00:00Z"), is(INVALID));
    assertThat(micros(DATE, "2000-02-3"), is(INVALID));
  }

  @Test
  void agreesWithJavaTimeOnEveryDayOfFourCenturies() {
    LocalDate day = LocalDate.of(1799, 12, 31);
    for (int i = 0; i < 150_000; i++, day = day.plusDays(1)) {
      long expected = day.toEpochDay() * 86_400_000_000L;
      assertThat(day.toString(), micros(DATE, day.toString()), is(expected));
    }
  }

  @Test
  void agreesWithJavaTimeOnGeneratedTimes() {
    Random random = new Random(20010115);
    for (int i = 0; i < 50_000; i++) {
      String text = timeLike(random);
      long expected;
      try {
        expected = microsOf(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException e) {
        expected = INVALID;
      }
      assertThat(text, micros(ISO, text), is(expected));
    }
  }

  /** Mostly a time, in which now and then a part is too large. */
  private static String timeLike(Random random) {
    String fraction =
        random.nextBoolean()
            ? ""
            : "." + "123456789".substring(random.nextInt(9)).replace('5', '0');
    String offset =
        random.nextBoolean()
            ? "Z"
            : "%s%02d:%02d"
                .formatted(
                    random.nextBoolean() ? "+" : "-", random.nextInt(20), random.nextInt(61));
    return "%04d-%02d-%02dT%02d:%02d:%02d"
            .formatted(
                random.nextInt(10_000),
                1 + random.nextInt(12),
                1 + random.nextInt(31),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60))
        + fraction
        + offset;
  }

  @Test
  void neverFailsOnCutOrChangedTimes() {
    Random random = new Random(1);
    String time = "2001-01-15T07:30:12.123456+05:30";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(time);
      text.setLength(random.nextInt(time.length() + 1));
      if (text.length() > 0) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      String written = text.toString();
      boolean valid = micros(ISO, written) != INVALID;
      assertThat(written, !valid || isTime(written));
    }
  }

  private static boolean isTime(String text) {
    try {
      boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 10;
      return zoned ? OffsetDateTime.parse(text) != null : LocalDateTime.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "+05:30",
        "America/New_York",
        "Europe/Paris",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Africa/Monrovia"
      })
  void agreesWithJavaTimeInZones(String zone) {
    ZoneId id = ZoneId.of(zone);
    TimeFormat format = iso(id);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime local =
          LocalDateTime.of(1850, 1, 1, 0, 0).plusSeconds((long) (random.nextDouble() * 1.26e10));
      Instant expected = local.atZone(id).toInstant();
      assertThat(local.toString(), micros(format, local.toString()), is(microsOf(expected)));
    }
  }

  @Test
  void agreesWithJavaTimeAroundEveryChangeOfClocks() {
    ZoneId zone = ZoneId.of("America/New_York");
    TimeFormat format = iso(zone);
    LocalDateTime local = LocalDateTime.of(2001, 1, 1, 0, 0);
    for (int i = 0; i < 4 * 24 * 730; i++, local = local.plusMinutes(15)) {
      Instant expected = local.atZone(zone).toInstant();
      assertThat(local.toString(), micros(format, local.toString()), is(microsOf(expected)));
    }
  }

  @Test
  void readsTimeInGapByOffsetBeforeIt() {
    assertThat(
        micros(iso(ZoneId.of("Europe/Paris")), "2001-03-25T02:30:00"),
        is(microsOf(Instant.parse("2001-03-25T01:30:00Z"))));
  }

  @Test
  void readsTimeThatOccursTwiceAsTheFirst() {
    assertThat(
        micros(iso(ZoneId.of("Europe/Paris")), "2001-10-28T02:30:00"),
        is(microsOf(Instant.parse("2001-10-28T00:30:00Z"))));
  }

  @Test
  void offsetInTheTextWinsOverTheZone() {
    assertThat(
        micros(iso(ZoneId.of("Europe/Paris")), "2001-07-15T07:30:00Z"),
        is(microsOf(Instant.parse("2001-07-15T07:30:00Z"))));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd HH:mm:ss, 2001-07-15 07:30:12, 2001-07-15T05:30:12Z",
    "dd/MM/uuuu, 15/07/2001, 2001-07-14T22:00:00Z",
    "dd MMM yy hh:mm a, 15 Jul 01 07:30 PM, 2001-07-15T17:30:00Z",
    "yyyy-MM-dd HH:mm:ssXXX, 2001-07-15 07:30:12Z, 2001-07-15T07:30:12Z",
    "yyyy-MM-dd HH:mm:ssZ, 2001-07-15 07:30:12+1000, 2001-07-14T21:30:12Z",
    "yyyyMMddHHmmss.SSSSSSSSS, 20010715073012.123456789, 2001-07-15T05:30:12.123456Z",
    "yyyy-MM-dd HH:mm:ss, 2001-03-25 02:30:00, 2001-03-25T01:30:00Z"
  })
  void readsPatterns(String pattern, String text, String expected) {
    TimeFormat format = TimeFormat.of(FieldType.TIMESTAMP, pattern, ZoneId.of("Europe/Paris"));

    assertThat(micros(format, text), is(microsOf(Instant.parse(expected))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2001-02-29 07:30", "2001-02-28 24:00", "2001-02-28", "28.02.2001", "", "x"})
  void refusesWhatIsNotOfThePattern(String text) {
    TimeFormat format = TimeFormat.of(FieldType.TIMESTAMP, "yyyy-MM-dd HH:mm", ZoneOffset.UTC);

    assertThat(micros(format, text), is(INVALID));
    assertThat(micros(format, "2001-02-28 23:59"), is(not(INVALID)));
  }

  @Test
  void readsDateOfPatternAndLeavesItsTimeOut() {
    TimeFormat format =
        TimeFormat.of(FieldType.DATE, "yyyy-MM-dd HH:mm:ss", ZoneId.of("Asia/Tokyo"));

    assertThat(micros(format, "1970-01-02 13:00:00"), is(86_400_000_000L));
  }

  @Test
  void refusesYearsThatDoNotFit() {
    TimeFormat format = TimeFormat.of(FieldType.TIMESTAMP, "y-MM-dd", ZoneOffset.UTC);

    assertThat(micros(format, "999999999-01-01"), is(INVALID));
  }

  @ParameterizedTest
  @CsvSource({"epochSeconds, 1000000", "epochMillis, 1000", "epochMicros, 1"})
  void readsNumbers(String name, long unit) {
    TimeFormat format = TimeFormat.of(FieldType.TIMESTAMP, name, ZoneOffset.UTC);
    long largest = Long.MAX_VALUE / unit;

    assertThat(format.numeric(), is(true));
    assertThat(format.micros(-3), is(-3 * unit));
    assertThat(format.micros(largest), is(largest * unit));
    assertThat(format.micros(-largest), is(-largest * unit));
    assertThat(format.micros(Long.MIN_VALUE), is(INVALID));
    assertThat(micros(format, "3"), is(INVALID));
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    TimeFormat format = TimeFormat.of(FieldType.TIMESTAMP, "epochMillis", ZoneOffset.UTC);

    assertThat(format.micros(Long.MAX_VALUE / 1_000 + 1), is(INVALID));
    assertThat(format.micros(-Long.MAX_VALUE / 1_000 - 1), is(INVALID));
  }

  @Test
  void textFormatsRefuseNumbers() {
    TimeFormat pattern = TimeFormat.of(FieldType.TIMESTAMP, "yyyy-MM-dd", ZoneOffset.UTC);

    assertThat(ISO.numeric(), is(false));
    assertThat(ISO.micros(5), is(INVALID));
    assertThat(pattern.numeric(), is(false));
    assertThat(pattern.micros(5), is(INVALID));
  }

  @Test
  void saysWhatItExpects() {
    assertThat(ISO.expected(), is("a time such as 2001-01-15T07:30:00Z"));
    assertThat(DATE.expected(), is("a date such as 2001-01-15"));
    assertThat(
        TimeFormat.of(FieldType.DATE, "dd.MM.yy", ZoneOffset.UTC).expected(),
        is("a date like dd.MM.yy"));
    assertThat(
        TimeFormat.of(FieldType.TIMESTAMP, "dd.MM.yy", ZoneOffset.UTC).expected(),
        is("a time like dd.MM.yy"));
    assertThat(
        TimeFormat.of(FieldType.TIMESTAMP, "epochMillis", ZoneOffset.UTC).expected(),
        is("a whole number, epochMillis"));
  }

  @Test
  void survivesSerialisation() throws Exception {
    ZoneId paris = ZoneId.of("Europe/Paris");
    TimeFormat pattern = TimeFormat.of(FieldType.TIMESTAMP, "yyyy-MM-dd HH:mm", paris);
    TimeFormat epoch = TimeFormat.of(FieldType.TIMESTAMP, "epochMillis", ZoneOffset.UTC);

    assertThat(
        micros(copied(iso(paris), TimeFormat.class), "2001-07-15T07:30"),
        is(micros(iso(paris), "2001-07-15T07:30")));
    assertThat(
        micros(copied(pattern, TimeFormat.class), "2001-07-15 07:30"),
        is(micros(iso(paris), "2001-07-15T07:30")));
    assertThat(copied(epoch, TimeFormat.class).micros(3), is(3_000L));
  }

  private static TimeFormat iso(ZoneId zone) {
    return TimeFormat.of(FieldType.TIMESTAMP, TimeFormat.ISO, zone);
  }

  private static long microsOf(Instant time) {
    // Not ChronoUnit.MICROS.between: it counts nanoseconds, and overflows in the year 2262.
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  @Test
  void demandsAnOffsetOrNoneWhereTheContractSays() {
    String time = "2001-01-15T07:30:00";
    TimeFormat with = rule("timestamp", "logicalTypeOptions: {timezone: true}").format();
    assertThat(micros(with, time), is(TimeFormat.INVALID));
    assertThat(micros(with, time + "Z"), is(979543800000000L));
    assertThat(micros(with, time + "+01:00"), is(979540200000000L));
    assertThat(with.expected(), is("a time with an offset such as 2001-01-15T07:30:00Z"));

    TimeFormat without =
        rule("timestamp", "logicalTypeOptions: {timezone: false, defaultTimezone: Europe/Paris}")
            .format();
    assertThat(micros(without, time), is(979540200000000L));
    assertThat(micros(without, time + "Z"), is(TimeFormat.INVALID));
    assertThat(without.expected(), is("a time without an offset such as 2001-01-15T07:30:00"));
  }
}
