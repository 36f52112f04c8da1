package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.copied;
import static dev.millrace.stages.contract.Contracts.flights;
import static dev.millrace.stages.contract.Contracts.parse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Expectation;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Threshold;
import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRulesTest {
  private static final String OBJECT_RULE =
      "flights.odcs.yaml:26: Not executed: sql rule: %s (at schema[0].quality[0])";

  private static Contract ofObject(String... rules) {
    return parse(FLIGHTS + "    quality: [" + String.join(", ", rules) + "]\n");
  }

  private static Contract ofProperty(String type, String rule) {
    return parse(flights("logicalType: string", type + "\n        quality: [" + rule + "]"));
  }

  private static String rule(String query, String demand) {
    return "{type: sql, query: '%s', %s}".formatted(query.replace("'", "''"), demand);
  }

  private static Record flight(Contract contract, long delay, Double distance, String origin) {
    return new RecordBuilder(contract.schema())
        .set("delay", delay)
        .set("distance", distance)
        .set("origin", origin)
        .build(0, "", 0);
  }

  private static List<Violation> check(Contract contract, Record record) {
    List<Violation> violations = new ArrayList<>();
    contract.recordRules().forEach(rule -> rule.check(record, violations));
    return violations;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mustBe: true",
        "mustBe: true, severity: error",
        "mustBe: 0",
        "mustBe: 0, unit: percent",
        "mustBeLessThan: 1",
        "mustBeLessOrEqualTo: 0"
      })
  void enforcesWhatDemandsThatNoRecordBreaksIt(String demand) {
    Contract contract = ofObject(rule("delay <= distance", demand));

    assertThat(contract.unchecked(), is(empty()));
    assertThat(contract.countedRules(), is(empty()));
    assertThat(check(contract, flight(contract, 5, 5.0, null)), is(empty()));
    assertThat(check(contract, flight(contract, 5, null, null)), is(empty()));
    assertThat(
        check(contract, flight(contract, 5, 4.5, null)),
        contains(
            new Violation(
                RejectReason.BROKEN_CONDITION,
                "",
                "query: delay <= distance",
                "Invalid record: delay = 5, distance = 4.5 (expected delay <= distance)")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mustBe: true, severity: warning",
        "mustBe: 0, severity: info",
        "mustBe: 1",
        "mustBeLessThan: 5",
        "mustBeLessThan: 5, unit: percent",
        "mustBeBetween: [0, 3]"
      })
  void countsWhatAllowsForSomeOrOnlyWarns(String demand) {
    Contract contract = ofObject(rule("delay <= distance", demand));

    assertThat(contract.unchecked(), is(empty()));
    assertThat(contract.recordRules(), is(empty()));
    CountedRule rule = contract.countedRules().get(0);
    assertThat(rule.counts(flight(contract, 5, 5.0, null)), is(false));
    assertThat(rule.counts(flight(contract, 5, null, null)), is(false));
    assertThat(rule.counts(flight(contract, 5, 4.5, null)), is(true));
  }

  @Test
  void countsRecordsForWhichItCannotBeComputed() {
    Contract contract = ofObject(rule("distance / delay < 9", "mustBeLessThan: 2"));
    assertThat(contract.countedRules().get(0).counts(flight(contract, 0, 1.0, null)), is(true));
  }

  @Test
  void saysWhatIsExpectedOfItsCount() {
    Contract contract =
        ofObject(
            "{type: sql, query: 'delay < 9', mustBe: true, severity: warning, name: punctual}",
            rule("delay < 9", "mustBeLessThan: 5, unit: percent"));
    assertThat(
        contract.countedRules().stream().map(CountedRule::expectation).toList(),
        contains(
            new Expectation(
                "schema[0].quality[0]",
                "",
                "query: delay < 9",
                "punctual",
                "warning",
                Threshold.of(Operator.MUST_BE, 0, Unit.ROWS)),
            new Expectation(
                "schema[0].quality[1]",
                "",
                "query: delay < 9",
                "",
                "error",
                Threshold.of(Operator.MUST_BE_LESS_THAN, 5, Unit.PERCENT))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${column}", "${property}", "${field}", "{column}", "{field}"})
  void putsThePropertyInItsPlace(String placeholder) {
    String query = "char_length(" + placeholder + ") = 3 and delay > 0";
    Contract contract = ofProperty("logicalType: string", rule(query, "mustBe: true"));

    assertThat(check(contract, flight(contract, 5, null, "ATL")), is(empty()));
    assertThat(
        check(contract, flight(contract, 5, null, "LA")),
        contains(
            new Violation(
                RejectReason.BROKEN_CONDITION,
                "origin",
                "query: " + query,
                "Invalid record: origin = \"LA\", delay = 5"
                    + " (expected char_length(origin) = 3 and delay > 0)")));
  }

  @Test
  void putsANameThatIsAWordOfSqlInItsPlace() {
    String yaml =
        flights("name: origin", "name: 'user \"x\"'")
            .replace(
                "logicalType: string",
                "logicalType: string\n        quality: ["
                    + rule("${column} <> ''", "mustBe: true")
                    + "]");
    Contract contract = parse(yaml);
    Record record = new RecordBuilder(contract.schema()).set("user \"x\"", "").build(0, "", 0);
    assertThat(check(contract, record), hasSize(1));
  }

  @Test
  void readsThePropertiesOfObjects() {
    Contract contract =
        ofProperty(
            "logicalType: object\n        properties: [{name: city, logicalType: string, quality: ["
                + rule("${column} <> '' or origin.city is null", "mustBe: true")
                + "]}]",
            rule("origin.city <> 'LA'", "mustBe: true"));

    assertThat(contract.unchecked(), is(empty()));
    RecordBuilder builder = new RecordBuilder(contract.schema());
    builder.object(3).set("city", "");
    List<Violation> violations = check(contract, builder.setObject(3).build(0, "", 0));
    assertThat(violations.stream().map(Violation::path).toList(), contains("origin.city"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM ${table} WHERE delay > 9 | mustBe: 0"
            + " | it is a query, not a condition on one record",
        "dealy > 9 | mustBe: true | unknown field dealy",
        "avg(delay) > 9 | mustBe: true"
            + " | AVG isn't among the functions of conditions on one record",
        "date < current_timestamp | mustBe: true"
            + " | date is a word of SQL (expected \"date\" for the field)",
        "\"date\" < current_timestamp | mustBe: true"
            + " | CURRENT_TIMESTAMP isn't among the functions of conditions on one record",
        "delay | mustBe: 0 | its type is BIGINT (expected BOOLEAN)",
        "${column} > 9 | mustBe: true | ${column} stands for no property here",
        "delay > 9 | mustBe: false | mustBe: false is no count",
        "delay > 9 | mustNotBe: false | mustNotBe: false is no count",
        "delay > 9 | 'mustBeLessThan: 5, unit: apples' | unit apples",
        "delay > 9 | 'mustBeBetween: [5, 2]' | mustBeBetween has its largest number first"
      })
  void listsWhatItCannotExecute(String query, String demand, String reason) {
    Contract contract = ofObject(rule(query, demand));
    assertThat(contract.recordRules(), is(empty()));
    assertThat(contract.countedRules(), is(empty()));
    assertThat(contract.unchecked(), contains(OBJECT_RULE.formatted(reason)));
  }

  @Test
  void listsWhatIsAboutTheElementsOfAnArray() {
    Contract contract =
        ofProperty(
            "logicalType: array\n        items: {logicalType: string, quality: ["
                + rule("${column} <> ''", "mustBe: true")
                + "]}",
            rule("${column} is not null", "mustBe: true"));
    assertThat(
        contract.unchecked(),
        contains(
            "flights.odcs.yaml:23: Not executed: sql rule: it is about the elements of an array"
                + " (at schema[0].properties[3].items.quality[0])",
            "flights.odcs.yaml:24: Not executed: sql rule: field origin is an array"
                + " (at schema[0].properties[3].quality[0])"));
  }

  @Test
  void stillListsDuplicates() {
    assertThat(
        ofObject("{metric: duplicateValues, mustBe: 0}").unchecked(),
        contains(
            "flights.odcs.yaml:26: Not executed: library rule duplicateValues"
                + " (at schema[0].quality[0])"));
  }

  @Test
  void travels() throws Exception {
    Contract contract = copied(ofObject(rule("delay < 9", "mustBe: true")), Contract.class);
    assertThat(check(contract, flight(contract, 9, null, null)), hasSize(1));
    assertThat(contract.recordRules().get(0).toString(), is("query: delay < 9"));
  }

  @Test
  void loadsNothingOfTheEngineWithoutSuchARule() throws Exception {
    List<String> loaded = classesLoadedToParse(FLIGHTS);
    assertThat(loaded, hasItem(containsString("dev.millrace.stages.contract.SqlRules ")));
    assertThat(loaded.stream().filter(line -> line.contains(".calcite.")).toList(), is(empty()));
  }

  private static List<String> classesLoadedToParse(String yaml)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ParseContract.class.getName(),
                yaml)
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(), is(0));
    return lines;
  }

  /** A program that reads a contract, and sends it as a runner does. */
  static final class ParseContract {
    private ParseContract() {}

    public static void main(String[] args) throws Exception {
      copied(parse(args[0]), Contract.class);
    }
  }
}
