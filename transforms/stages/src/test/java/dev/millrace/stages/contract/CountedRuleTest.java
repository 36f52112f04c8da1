package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.copied;
import static dev.millrace.stages.contract.Contracts.flights;
import static dev.millrace.stages.contract.Contracts.parse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Expectation;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Threshold;
import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedRuleTest {
  private static final String ORIGIN = "name: origin\n        logicalType: string";
  private static final String WARNS = "mustBe: 0, severity: warning";

  @Test
  void saysWhatIsExpectedOfItsCount() {
    Contract contract =
        contract(
            "string",
            "{metric: nullValues, mustBeLessThan: 5, unit: percent, name: known origin}",
            "{metric: invalidValues, arguments: {validValues: [ATL], pattern: '^A'}, severity: info,"
                + " mustBe: 0, name: a, description: Only Atlanta}");
    assertThat(
        contract.countedRules().stream().map(CountedRule::expectation).toList(),
        contains(
            new Expectation(
                "schema[0].properties[3].quality[0]",
                "value",
                "nullValues",
                "known origin",
                "error",
                Threshold.of(Operator.MUST_BE_LESS_THAN, 5, Unit.PERCENT)),
            new Expectation(
                "schema[0].properties[3].quality[1]",
                "value",
                "invalidValues, validValues: ATL, pattern: ^A",
                "Only Atlanta",
                "info",
                Threshold.of(Operator.MUST_BE, 0, Unit.ROWS))));
  }

  @Test
  void countsTextsByWhatTheyAre() {
    CountedRule nulls = rule("string", "metric: nullValues");
    assertThat(counts(nulls, null, "", "ATL"), is(List.of(true, false, false)));
    CountedRule missing =
        rule("string", "metric: missingValues, arguments: {missingValues: [N/A, null]}");
    assertThat(counts(missing, null, "N/A", "ATL"), is(List.of(true, true, false)));
    CountedRule listed = rule("string", "metric: missingValues, arguments: {missingValues: [N/A]}");
    assertThat(counts(listed, null, "N/A", "ATL"), is(List.of(false, true, false)));
    CountedRule invalid =
        rule("string", "metric: invalidValues, arguments: {validValues: [ATL, BOS], pattern: L}");
    assertThat(counts(invalid, null, "ATL", "BOS", "LAX"), is(List.of(false, false, true, true)));
  }

  @Test
  void countsNumbersAndDatesByWhatTheyAre() {
    assertThat(
        counts(
            rule("integer", "metric: invalidValues, arguments: {validValues: [1, 2]}"),
            null,
            2L,
            3L),
        is(List.of(false, false, true)));
    assertThat(
        counts(
            rule("number", "metric: missingValues, arguments: {missingValues: [-1]}"), -1.0, 0.5),
        is(List.of(true, false)));
    assertThat(
        counts(
            rule("date", "metric: missingValues, arguments: {missingValues: [1970-01-01]}"),
            LocalDate.EPOCH,
            LocalDate.EPOCH.plusDays(1)),
        is(List.of(true, false)));
  }

  @Test
  void countsARecordOnceHoweverManyElementsBreakTheRule() {
    String items =
        "array\n        items: {logicalType: object, properties: [{name: sku, logicalType: string,"
            + " quality: [{metric: nullValues, %s}]}]}".formatted(WARNS);
    CountedRule rule =
        parse(flights(ORIGIN, "name: value\n        logicalType: " + items)).countedRules().get(0);
    Contract contract = parse(flights(ORIGIN, "name: value\n        logicalType: " + items));

    assertThat(rule.expectation().field(), is("value[].sku"));
    RecordSchema item = contract.schema().field(3).element().nested();
    Record known = new RecordBuilder(item).set("sku", "a").build(0, "", -1);
    Record unknown = new RecordBuilder(item).build(0, "", -1);
    assertThat(
        counts(contract, rule, null, List.of(), List.of(known), List.of(unknown, known, unknown)),
        is(List.of(false, false, false, true)));
  }

  @Test
  void countsWithinObjectsThatAreThere() {
    Contract contract =
        parse(
            flights(
                ORIGIN,
                "name: value\n        logicalType: object\n        properties: [{name: city, logicalType: array, items:"
                    + " {logicalType: string, quality: [{metric: nullValues, %s}]}}]"
                        .formatted(WARNS)));
    CountedRule rule = contract.countedRules().get(0);
    assertThat(rule.expectation().field(), is("value.city[]"));
    RecordSchema value = contract.schema().field(3).nested();
    Record one = new RecordBuilder(value).set("city", List.of("Rome")).build(0, "", -1);
    Record none =
        new RecordBuilder(value).set("city", Arrays.asList("Rome", null)).build(0, "", -1);
    assertThat(counts(contract, rule, null, one, none), is(List.of(false, false, true)));
  }

  @Test
  void countsTheRowsOfATable() {
    Contract contract =
        parse(
            flights(
                "  - name: flights\n",
                "  - name: flights\n    quality: [{metric: rowCount, mustBeGreaterThan: 9},"
                    + " {metric: rowCount, mustBe: 9, unit: percent}]\n"));
    assertThat(contract.countedRules().size(), is(1));
    Record record = new RecordBuilder(contract.schema()).build(0, "", -1);
    assertThat(contract.countedRules().get(0).counts(record), is(true));
    assertThat(
        contract.unchecked(),
        contains(
            "flights.odcs.yaml:9: Not executed: library rule rowCount: unit percent"
                + " (at schema[0].quality[1])"));
  }

  @Test
  void travelsWithTheContract() throws Exception {
    Contract contract = contract("string", "{metric: nullValues, %s}".formatted(WARNS));
    CountedRule rule = copied(contract, Contract.class).countedRules().get(0);
    assertThat(counts(contract, rule, null, "a"), is(List.of(true, false)));
    assertThat(rule.toString(), is("schema[0].properties[3].quality[0]: nullValues"));
    assertThat(contract("string").countedRules(), is(empty()));
  }

  private static CountedRule rule(String type, String rule) {
    return contract(type, "{%s, %s}".formatted(rule, WARNS)).countedRules().get(0);
  }

  private static Contract contract(String type, String... rules) {
    return parse(
        flights(
            ORIGIN,
            "name: value\n        logicalType: %s\n        quality: [%s]"
                .formatted(type, String.join(", ", rules))));
  }

  private static List<Boolean> counts(CountedRule rule, Object... values) {
    String type =
        values[values.length - 1] instanceof Long
            ? "integer"
            : values[values.length - 1] instanceof Double
                ? "number"
                : values[values.length - 1] instanceof LocalDate ? "date" : "string";
    return counts(contract(type), rule, values);
  }

  private static List<Boolean> counts(Contract contract, CountedRule rule, Object... values) {
    return Arrays.stream(values)
        .map(
            value ->
                rule.counts(
                    new RecordBuilder(contract.schema()).set("value", value).build(0, "", -1)))
        .toList();
  }
}
