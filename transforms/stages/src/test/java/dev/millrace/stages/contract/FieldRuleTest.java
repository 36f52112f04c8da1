package dev.millrace.stages.contract;

import static dev.millrace.record.RejectReason.INVALID_VALUE;
import static dev.millrace.record.RejectReason.OUT_OF_RANGE;
import static dev.millrace.record.RejectReason.PATTERN_MISMATCH;
import static dev.millrace.record.RejectReason.WRONG_LENGTH;
import static dev.millrace.stages.contract.Contracts.check;
import static dev.millrace.stages.contract.Contracts.micros;
import static dev.millrace.stages.contract.Contracts.rule;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import java.time.LocalDate;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

class FieldRuleTest {

  @Test
  void knowsItsField() {
    FieldRule rule = rule("boolean", "required: true");

    assertThat(rule.name(), is("value"));
    assertThat(rule.type(), is(FieldType.BOOLEAN));
    assertThat(rule.required(), is(true));
    assertThat(rule.format(), is(nullValue()));
    assertThat(rule, hasToString("value: BOOLEAN"));
  }

  @Test
  void acceptsAnyValueWithoutRules() {
    assertThat(check(rule("string"), ""), is(empty()));
    assertThat(check(rule("integer"), Long.MIN_VALUE), is(empty()));
    assertThat(check(rule("integer"), Long.MAX_VALUE), is(empty()));
    assertThat(check(rule("number"), -Double.MAX_VALUE), is(empty()));
    assertThat(check(rule("number"), Double.MAX_VALUE), is(empty()));
    assertThat(check(rule("boolean"), 1L), is(empty()));
    assertThat(check(rule("date"), -1_000_000L), is(empty()));
    assertThat(check(rule("timestamp"), Long.MIN_VALUE + 1), is(empty()));
  }

  @Test
  void checksInclusiveRangeOfIntegers() {
    FieldRule rule = rule("integer", "logicalTypeOptions: {minimum: -120, maximum: 720}");

    assertThat(check(rule, -120L), is(empty()));
    assertThat(check(rule, 720L), is(empty()));
    assertThat(
        check(rule, -121L),
        broken(OUT_OF_RANGE, "minimum: -120", "Found -121, expected at least -120"));
    assertThat(
        check(rule, 1688L),
        broken(OUT_OF_RANGE, "maximum: 720", "Found 1688, expected at most 720"));
  }

  @Test
  void checksExclusiveRangeOfIntegers() {
    FieldRule rule =
        rule("integer", "logicalTypeOptions: {exclusiveMinimum: 18, exclusiveMaximum: 100}");

    assertThat(check(rule, 19L), is(empty()));
    assertThat(check(rule, 99L), is(empty()));
    assertThat(
        check(rule, 18L),
        broken(OUT_OF_RANGE, "exclusiveMinimum: 18", "Found 18, expected more than 18"));
    assertThat(
        check(rule, 100L),
        broken(OUT_OF_RANGE, "exclusiveMaximum: 100", "Found 100, expected less than 100"));
  }

  @Test
  void checksFractionsAsBoundsOfIntegers() {
    FieldRule inclusive = rule("integer", "logicalTypeOptions: {minimum: -1.5, maximum: 1.5}");
    FieldRule exclusive =
        rule("integer", "logicalTypeOptions: {exclusiveMinimum: -1.5, exclusiveMaximum: 1.5}");

    for (FieldRule rule : new FieldRule[] {inclusive, exclusive}) {
      assertThat(check(rule, -1L), is(empty()));
      assertThat(check(rule, 1L), is(empty()));
      assertThat(check(rule, -2L), hasSize(1));
      assertThat(check(rule, 2L), hasSize(1));
    }
  }

  @Test
  void keepsTighterOfTwoBounds() {
    FieldRule rule = rule("integer", "logicalTypeOptions: {minimum: 5, exclusiveMinimum: 5}");

    assertThat(
        check(rule, 5L),
        broken(OUT_OF_RANGE, "exclusiveMinimum: 5", "Found 5, expected more than 5"));
  }

  @Test
  void checksSizesOfIntegers() {
    FieldRule signed = rule("integer", "logicalTypeOptions: {format: i8}");
    FieldRule unsigned = rule("integer", "logicalTypeOptions: {format: u32}");

    assertThat(check(signed, -128L), is(empty()));
    assertThat(check(signed, 127L), is(empty()));
    assertThat(
        check(signed, 128L),
        broken(OUT_OF_RANGE, "format: i8", "Found 128, expected an integer of 8 bits"));
    assertThat(check(signed, -129L), hasSize(1));
    assertThat(check(unsigned, 4_294_967_295L), is(empty()));
    assertThat(check(unsigned, 4_294_967_296L), hasSize(1));
    assertThat(
        check(unsigned, -1L),
        broken(OUT_OF_RANGE, "format: u32", "Found -1, expected an integer from 0 of 32 bits"));
    assertThat(check(rule("integer", "logicalTypeOptions: {format: u128}"), -1L), hasSize(1));
    assertThat(
        check(rule("integer", "logicalTypeOptions: {format: i64}"), Long.MIN_VALUE), is(empty()));
  }

  @Test
  void checksMultiples() {
    FieldRule fives = rule("integer", "logicalTypeOptions: {multipleOf: 5}");
    FieldRule cents = rule("number", "logicalTypeOptions: {multipleOf: 0.01}");

    assertThat(check(fives, -10L), is(empty()));
    assertThat(
        check(fives, 7L),
        broken(INVALID_VALUE, "multipleOf: 5", "Found 7, expected a multiple of 5"));
    assertThat(check(cents, 0.07), is(empty()));
    assertThat(check(cents, 1e300), is(empty()));
    assertThat(
        check(cents, 0.071),
        broken(INVALID_VALUE, "multipleOf: 0.01", "Found 0.071, expected a multiple of 0.01"));
  }

  @Test
  void checksRangeOfNumbers() {
    FieldRule inclusive = rule("number", "logicalTypeOptions: {minimum: 0, maximum: 0.1}");
    FieldRule exclusive =
        rule("number", "logicalTypeOptions: {exclusiveMinimum: 0, exclusiveMaximum: 0.1}");

    assertThat(check(inclusive, -0.0), is(empty()));
    assertThat(check(inclusive, 0.1), is(empty()));
    assertThat(
        check(inclusive, 12.0),
        broken(OUT_OF_RANGE, "maximum: 0.1", "Found 12, expected at most 0.1"));
    assertThat(
        check(inclusive, -Double.MIN_VALUE),
        broken(OUT_OF_RANGE, "minimum: 0", "Found -4.9E-324, expected at least 0"));
    assertThat(check(exclusive, Double.MIN_VALUE), is(empty()));
    assertThat(
        check(exclusive, 0.0),
        broken(OUT_OF_RANGE, "exclusiveMinimum: 0", "Found 0, expected more than 0"));
    assertThat(
        check(exclusive, 0.1),
        broken(OUT_OF_RANGE, "exclusiveMaximum: 0.1", "Found 0.1, expected less than 0.1"));
  }

  @Test
  void checksSizesOfNumbers() {
    FieldRule rule = rule("number", "logicalTypeOptions: {format: f32}");

    assertThat(check(rule, (double) Float.MAX_VALUE), is(empty()));
    assertThat(
        check(rule, 1e39),
        broken(
            OUT_OF_RANGE,
            "format: f32",
            "Found 1.0E39, expected a number within those of 32 bits"));
    assertThat(check(rule("number", "logicalTypeOptions: {format: f64}"), 1e39), is(empty()));
  }

  @Test
  void checksLengthsInCodePoints() {
    FieldRule rule = rule("string", "logicalTypeOptions: {minLength: 2, maxLength: 3}");

    assertThat(check(rule, "\u00e9\u20ac"), is(empty()));
    assertThat(check(rule, "\ud83d\ude80\ud83d\ude80\ud83d\ude80"), is(empty()));
    assertThat(
        check(rule, "\ud83d\ude80"),
        broken(
            WRONG_LENGTH,
            "minLength: 2",
            "Found \"\ud83d\ude80\" of length 1, expected a length of at least 2"));
    assertThat(
        check(rule, "ATLX"),
        broken(
            WRONG_LENGTH,
            "maxLength: 3",
            "Found \"ATLX\" of length 4, expected a length of at most 3"));
  }

  @Test
  void searchesForPattern() {
    FieldRule part = rule("string", "logicalTypeOptions: {pattern: '[A-Z]{3}'}");
    FieldRule whole = rule("string", "logicalTypeOptions: {pattern: '^[A-Z]{3}$'}");

    assertThat(check(part, "xATLx"), is(empty()));
    assertThat(check(whole, "ATL"), is(empty()));
    assertThat(
        check(whole, "xATLx"),
        broken(
            PATTERN_MISMATCH,
            "pattern: ^[A-Z]{3}$",
            "Found \"xATLx\", expected a match of ^[A-Z]{3}$"));
  }

  @Test
  void givesUpOnPatternsThatTakeTooLong() {
    FieldRule rule = rule("string", "logicalTypeOptions: {pattern: '^(a|aa)+\\1$'}");

    assertThat(
        check(rule, "a".repeat(40) + "b"),
        broken(
            PATTERN_MISMATCH,
            "pattern: ^(a|aa)+\\1$",
            "Found \""
                + "a".repeat(40)
                + "b\", which is too costly to match, expected a match of ^(a|aa)+\\1$"));
  }

  @Test
  void checksValidTexts() {
    FieldRule rule = rule("string", valid("ATL, \"\", '\u00c5\u00c4\u00d6'"));

    assertThat(check(rule, "ATL"), is(empty()));
    assertThat(check(rule, ""), is(empty()));
    assertThat(check(rule, "\u00c5\u00c4\u00d6"), is(empty()));
    assertThat(
        check(rule, "atl"),
        broken(
            INVALID_VALUE,
            "validValues: ATL, , \u00c5\u00c4\u00d6",
            "Found \"atl\", expected one of ATL, , \u00c5\u00c4\u00d6"));
  }

  @Test
  void checksValidNumbersDatesTimesAndFlags() {
    assertThat(check(rule("integer", valid("3, 1, 2")), 2L), is(empty()));
    assertThat(
        check(rule("integer", valid("3, 1, 2")), 4L),
        broken(INVALID_VALUE, "validValues: 3, 1, 2", "Found 4, expected one of 3, 1, 2"));
    assertThat(check(rule("number", valid("0.5, -0.0")), 0.0), is(empty()));
    assertThat(check(rule("number", valid("0.5, -0.0")), -0.0), is(empty()));
    assertThat(
        check(rule("number", valid("0.5, 1")), 2.5),
        broken(INVALID_VALUE, "validValues: 0.5, 1", "Found 2.5, expected one of 0.5, 1"));
    assertThat(check(rule("boolean", valid("true")), 1L), is(empty()));
    assertThat(
        check(rule("boolean", valid("true")), 0L),
        broken(INVALID_VALUE, "validValues: true", "Found false, expected one of true"));
    assertThat(check(rule("date", valid("1970-01-02")), 1L), is(empty()));
    assertThat(
        check(rule("date", valid("1970-01-02")), 0L),
        broken(
            INVALID_VALUE,
            "validValues: 1970-01-02",
            "Found 1970-01-01, expected one of 1970-01-02"));
    assertThat(check(rule("timestamp", valid("'1970-01-01T00:00:01Z'")), 1_000_000L), is(empty()));
  }

  @Test
  void checksRangeOfDates() {
    FieldRule rule =
        rule("date", "logicalTypeOptions: {exclusiveMinimum: 2020-01-01, maximum: 2021-01-01}");

    assertThat(check(rule, LocalDate.parse("2020-01-02").toEpochDay()), is(empty()));
    assertThat(check(rule, LocalDate.parse("2021-01-01").toEpochDay()), is(empty()));
    assertThat(
        check(rule, LocalDate.parse("2020-01-01").toEpochDay()),
        broken(
            OUT_OF_RANGE,
            "exclusiveMinimum: 2020-01-01",
            "Found 2020-01-01, expected more than 2020-01-01"));
    assertThat(
        check(rule, LocalDate.parse("2021-01-02").toEpochDay()),
        broken(
            OUT_OF_RANGE, "maximum: 2021-01-01", "Found 2021-01-02, expected at most 2021-01-01"));
  }

  @Test
  void checksRangeOfTimesThatFormatOrIsoGives() {
    FieldRule rule =
        rule(
            "timestamp",
            "logicalTypeOptions:",
            "  format: yyyy-MM-dd HH:mm",
            "  defaultTimezone: Asia/Tokyo",
            "  minimum: 2020-01-01 09:00",
            "  exclusiveMaximum: '2020-01-02 10:00:00+10:00'");
    long first = micros(rule.format(), "2020-01-01 09:00");
    long end = micros(rule.format(), "2020-01-02 09:00");

    assertThat(check(rule, first), is(empty()));
    assertThat(check(rule, end - 1), is(empty()));
    assertThat(
        check(rule, first - 1),
        broken(
            OUT_OF_RANGE,
            "minimum: 2020-01-01 09:00",
            "Found 2019-12-31T23:59:59.999999Z, expected at least 2020-01-01 09:00"));
    assertThat(check(rule, end), hasSize(1));
  }

  @Test
  void collectsAllViolationsOfValue() {
    FieldRule rule =
        rule("string", "logicalTypeOptions: {maxLength: 3, pattern: '^[A-Z]*$'}", valid("ATL"));

    assertThat(
        check(rule, "atlanta").stream().map(Violation::reason).toList(),
        contains(WRONG_LENGTH, PATTERN_MISMATCH, INVALID_VALUE));
  }

  @Test
  void showsLongValuesCutOffAndOnOneLine() {
    FieldRule rule = rule("string", "logicalTypeOptions: {maxLength: 3}");

    assertThat(
        check(rule, "a\nb" + "\ud83d\ude80".repeat(1_000)),
        broken(
            WRONG_LENGTH,
            "maxLength: 3",
            "Found \"a\ufffdb"
                + "\ud83d\ude80".repeat(77)
                + "...\" of length 1003, expected a length of at most 3"));
  }

  @Test
  void survivesSerialisation() throws Exception {
    FieldRule rule =
        rule("string", "logicalTypeOptions: {minLength: 1, pattern: '^[A-Z]*$'}", valid("A, B"));
    FieldRule copy = Contracts.copied(rule, FieldRule.class);

    for (String value : new String[] {"A", "", "a", "C"}) {
      assertThat(check(copy, value), is(check(rule, value)));
    }
  }

  private static String valid(String values) {
    return "quality: [{type: library, metric: invalidValues, arguments: {validValues: ["
        + values
        + "]}, mustBe: 0}]";
  }

  private static Matcher<Iterable<? extends Violation>> broken(
      RejectReason reason, String rule, String message) {
    return contains(new Violation(reason, "value", rule, message));
  }
}
