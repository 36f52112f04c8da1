package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.check;
import static dev.millrace.stages.contract.Contracts.flights;
import static dev.millrace.stages.contract.Contracts.parse;
import static dev.millrace.stages.contract.Contracts.rule;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.ContractException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mustBe: 0",
        "mustBe: 0.0",
        "mustBe: 0, unit: percent",
        "mustBe: 0, severity: error",
        "mustBeLessThan: 1",
        "mustBeLessThan: 0.5, unit: rows",
        "mustBeLessOrEqualTo: 0",
        "mustBeLessOrEqualTo: 0, unit: percent",
        "mustBeLessOrEqualTo: 0.5",
        "mustBeBetween: [0, 0.5]",
        "mustBe: 0, unit: apples"
      })
  void enforcesWhatDemandsNone(String demand) {
    FieldRule rule = rule("string", "quality: [{metric: nullValues, %s}]".formatted(demand));
    assertThat(rule.required(), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mustBe: 1",
        "mustNotBe: 0",
        "mustBeLessThan: 0",
        "mustBeLessThan: 2",
        "mustBeLessThan: 1, unit: percent",
        "mustBeLessOrEqualTo: 0.5, unit: percent",
        "mustBeLessOrEqualTo: -1",
        "mustBeGreaterThan: 1",
        "mustBeBetween: [1, 2]",
        "mustNotBeBetween: [1, 2]",
        "mustBe: 0, severity: warning",
        "mustBe: 0, severity: info"
      })
  void countsOtherDemands(String demand) {
    Contract contract = contract("string", "quality: [{metric: nullValues, %s}]".formatted(demand));
    assertThat(contract.rules().get(3).required(), is(false));
    assertThat(contract.unchecked(), is(empty()));
    assertThat(contract.countedRules(), hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nullValues | mustBeLessThan: 2, unit: apples | : unit apples",
        "nullValues | mustBe: many | : mustBe: many is no count",
        "nullValues | mustBeBetween: [5, 2] | : mustBeBetween has its largest number first",
        "duplicateValues | mustBe: 0 | ''",
        "rowCount | mustBeGreaterThan: 0 | ''"
      })
  void listsWhatItCannotExecute(String metric, String demand, String reason) {
    Contract contract = contract("string", "quality: [{metric: %s, %s}]".formatted(metric, demand));
    assertThat(contract.countedRules(), is(empty()));
    assertThat(
        contract.unchecked(),
        contains(
            "flights.odcs.yaml:23: Not executed: library rule %s%s".formatted(metric, reason)
                + " (at schema[0].properties[3].quality[0])"));
  }

  @Test
  void rejectsTextsThatCountAsMissing() {
    FieldRule rule = rule("string", missing("[null, '', N/A]"));

    assertThat(rule.required(), is(true));
    assertThat(check(rule, "ATL"), is(empty()));
    assertThat(
        check(rule, "N/A"),
        contains(
            violation(
                "missingValues: \"\", \"N/A\"", "Found \"N/A\", expected none of \"\", \"N/A\"")));
    assertThat(check(rule, ""), hasSize(1));
  }

  @Test
  void rejectsNumbersDatesAndTimesThatCountAsMissing() {
    FieldRule integer = rule("integer", missing("[-1, N/A]"));
    assertThat(integer.required(), is(false));
    assertThat(check(integer, 1L), is(empty()));
    assertThat(
        check(integer, -1L),
        contains(
            violation("missingValues: -1, \"N/A\"", "Found -1, expected none of -1, \"N/A\"")));
    assertThat(check(rule("number", missing("[0]")), -0.0), hasSize(1));
    assertThat(check(rule("number", missing("[0]")), 0.5), is(empty()));
    assertThat(check(rule("date", missing("[1970-01-02]")), 1L), hasSize(1));
    assertThat(check(rule("timestamp", missing("['1970-01-01T00:00:00Z']")), 0L), hasSize(1));
    assertThat(check(rule("timestamp", missing("['1970-01-01T00:00:00Z']")), 1L), is(empty()));
  }

  @Test
  void takesWhatIsNotThereAsMissingWithoutAList() {
    FieldRule rule = rule("string", "quality: [{metric: missingValues, mustBe: 0}]");
    assertThat(rule.required(), is(true));
    assertThat(check(rule, ""), is(empty()));
  }

  @Test
  void enforcesThePatternOfARuleBesideThatOfTheProperty() {
    FieldRule rule =
        rule(
            "string",
            "logicalTypeOptions: {pattern: '^A'}",
            "quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: 'L$'}},"
                + " {metric: invalidValues, mustBe: 0, arguments: {validValues: [ATL, AL]}}]");

    assertThat(check(rule, "ATL"), is(empty()));
    assertThat(
        check(rule, "BOS").stream().map(Violation::rule).toList(),
        contains("pattern: ^A", "pattern: L$", "validValues: ATL, AL"));
  }

  @Test
  void listsArgumentsThatAreNotExecuted() {
    Contract contract =
        contract(
            "string",
            "quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: a, max: 3}}]");
    assertThat(
        contract.unchecked(),
        contains(
            "flights.odcs.yaml:23: Not executed: argument max"
                + " (at schema[0].properties[3].quality[0].arguments.max)"));
  }

  @Test
  void listsAPatternOfNumbersAsNotExecuted() {
    Contract contract =
        contract(
            "integer", "quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: a}}]");
    assertThat(
        contract.unchecked(),
        contains(
            "flights.odcs.yaml:23: Not executed: library rule invalidValues"
                + " (at schema[0].properties[3].quality[0])"));
  }

  @Test
  void refusesArgumentsThatCannotBeRead() {
    ContractException e =
        assertThrows(
            ContractException.class,
            () ->
                contract(
                    "string",
                    "quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: 5}},"
                        + " {metric: missingValues, mustBe: 0, arguments: {missingValues: []}}]"));
    assertThat(
        e.errors(),
        is(
            List.of(
                "flights.odcs.yaml:23: Invalid pattern: 5 (expected text: put it in quotes)"
                    + " (at schema[0].properties[3].quality[0].arguments.pattern)",
                "flights.odcs.yaml:23: Invalid missingValues: a list (expected a list of at least"
                    + " one value) (at schema[0].properties[3].quality[1].arguments.missingValues)")));
  }

  private static String missing(String values) {
    return "quality: [{metric: missingValues, arguments: {missingValues: %s}, mustBe: 0}]"
        .formatted(values);
  }

  private static Contract contract(String type, String line) {
    return parse(
        flights("logicalType: string", "logicalType: %s\n        %s".formatted(type, line)));
  }

  private static Violation violation(String rule, String message) {
    return new Violation(RejectReason.MISSING_FIELD, "value", rule, message);
  }
}
