package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.check;
import static dev.millrace.stages.contract.Contracts.rule;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.FieldType;
import dev.millrace.record.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhysicalTypeTest {

  @ParameterizedTest
  @CsvSource({
    "int16, -32768, 32767, an integer of 16 bits",
    "smallint, -32768, 32767, an integer of 16 bits",
    "INT32, -2147483648, 2147483647, an integer of 32 bits",
    "uint8, 0, 255, an integer from 0 of 8 bits",
    "uint32, 0, 4294967295, an integer from 0 of 32 bits",
    "'numeric(3,0)', -999, 999, an integer of at most 3 digits"
  })
  void narrowsIntegers(String type, long min, long max, String expected) {
    FieldRule rule = rule("integer", "physicalType: '" + type + "'");
    assertThat(check(rule, min), is(empty()));
    assertThat(check(rule, max), is(empty()));
    assertThat(messages(check(rule, min - 1)), contains(found(min - 1, expected)));
    assertThat(messages(check(rule, max + 1)), contains(found(max + 1, expected)));
    assertThat(check(rule, max + 1).get(0).rule(), is("physicalType: " + type));
  }

  @ParameterizedTest
  @CsvSource({"bigint", "int64", "int", "tinyint", "INTEGER", "decimal", "number(38)", "(", "''"})
  void leavesOtherIntegersAlone(String type) {
    FieldRule rule = rule("integer", "physicalType: '" + type + "'");
    assertThat(check(rule, Long.MIN_VALUE), is(empty()));
    assertThat(check(rule, Long.MAX_VALUE), is(empty()));
  }

  @Test
  void makesNumbersDecimals() {
    FieldRule rule =
        rule(
            "number",
            "physicalType: DECIMAL(12, 2)",
            "logicalTypeOptions: {minimum: 0.005, exclusiveMaximum: 100, multipleOf: 0.05}",
            "quality: [{metric: invalidValues, arguments: {validValues: [0.1, 7]}, mustBe: 0}]");
    assertThat(rule.type(), is(FieldType.DECIMAL));
    assertThat(rule.field(), hasToString("value DECIMAL(12,2)?"));
    assertThat(check(rule, 10L), is(empty()));
    assertThat(check(rule, 700L), is(empty()));
    assertThat(
        messages(check(rule, 0L)),
        contains(found("0.00", "at least 0.005"), found("0.00", "one of 0.1, 7")));
    assertThat(
        messages(check(rule, 10_001L)),
        contains(
            found("100.01", "less than 100"),
            found("100.01", "a multiple of 0.05"),
            found("100.01", "one of 0.1, 7")));
  }

  @Test
  void narrowsNumbersAndTexts() {
    assertThat(
        messages(check(rule("number", "physicalType: real"), 1e39)),
        contains(found("1.0E39", "a number within those of 32 bits")));
    FieldRule text = rule("string", "physicalType: character varying (3)");
    assertThat(check(text, "abc"), is(empty()));
    assertThat(
        messages(check(text, "abcd")),
        contains(found("\"abcd\" of length 4", "a length of at most 3")));
    assertThat(
        messages(
            check(
                rule("string", "physicalType: varchar(9)", "logicalTypeOptions: {maxLength: 1}"),
                "ab")),
        contains(found("\"ab\" of length 2", "a length of at most 1")));
  }

  private static List<String> messages(List<Violation> violations) {
    return violations.stream().map(Violation::message).toList();
  }

  private static String found(Object value, String expected) {
    return "Found " + value + ", expected " + expected;
  }
}
