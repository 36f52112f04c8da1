package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.flights;
import static dev.millrace.stages.contract.Contracts.flightsWith;
import static dev.millrace.stages.contract.Contracts.hasErrors;
import static dev.millrace.stages.contract.Contracts.micros;
import static dev.millrace.stages.contract.Contracts.parse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.FieldType;
import dev.millrace.record.Partitioning;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.stages.contract.odcs.ContractException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {

  @Test
  void readsFieldsInOrderOfTheFile() {
    Contract contract = parse(FLIGHTS);

    assertThat(
        contract.schema(),
        equalTo(
            RecordSchema.of(
                "flights",
                Field.required("date", FieldType.TIMESTAMP),
                Field.required("delay", FieldType.INTEGER),
                Field.optional("distance", FieldType.NUMBER),
                Field.optional("origin", FieldType.STRING))));
    assertThat(
        contract.rules().stream().map(FieldRule::name).toList(),
        contains("date", "delay", "distance", "origin"));
    assertThat(
        contract.rules().stream().map(FieldRule::required).toList(),
        contains(true, true, false, false));
  }

  @Test
  void knowsWhichContractItIs() {
    Contract contract = parse(FLIGHTS);

    assertThat(contract.id(), is("us-flights"));
    assertThat(contract.version(), is("1.2.0"));
    assertThat(contract.name(), is("US flights"));
    assertThat(contract, hasToString("US flights 1.2.0"));
    assertThat(parse(flights("name: US flights\n", "")).name(), is("flights"));
  }

  @Test
  void hasDefaultsForAllButTheEventTimeField() {
    Contract contract = parse(FLIGHTS);

    assertThat(contract.eventTime().field(), is(0));
    assertThat(contract.eventTime().minMillis(), is(0L));
    assertThat(
        contract.eventTime().maxMillis(), is(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli()));
    assertThat(contract.unknownFields(), is(UnknownFields.REJECT));
    assertThat(contract.dedupKey(), is(empty()));
    assertThat(contract.dedupHorizon(), is(Duration.ofDays(1)));
    assertThat(contract.allowedLateness(), is(Duration.ZERO));
    assertThat(contract.partitioning(), is(Partitioning.DAY));
    assertThat(contract.unchecked(), is(empty()));
  }

  @Test
  void readsItsOwnPropertiesAndLeavesOthersAlone() {
    Contract contract =
        parse(
            flightsWith(
                "millrace.eventTimeMin", "2000-01-01",
                "millrace.eventTimeMax", "2002-01-01T12:30:00+02:00",
                "millrace.dedupKey", "[origin, date]",
                "millrace.dedupHorizon", "6h",
                "millrace.allowedLateness", "PT30M",
                "millrace.partition", "hour",
                "millrace.unknownFields", "drop",
                "businessKey", "[a, b]"));

    assertThat(
        contract.eventTime().minMillis(), is(Instant.parse("2000-01-01T00:00:00Z").toEpochMilli()));
    assertThat(
        contract.eventTime().maxMillis(), is(Instant.parse("2002-01-01T10:30:00Z").toEpochMilli()));
    assertThat(contract.dedupKey(), contains("origin", "date"));
    assertThat(contract.dedupHorizon(), is(Duration.ofHours(6)));
    assertThat(contract.allowedLateness(), is(Duration.ofMinutes(30)));
    assertThat(contract.partitioning(), is(Partitioning.HOUR));
    assertThat(contract.unknownFields(), is(UnknownFields.DROP));
  }

  @Test
  void plausibleTimesIncludeTheFirstAndNotTheLast() {
    EventTime time =
        parse(
                flightsWith(
                    "millrace.eventTimeMin", "2000-01-01", "millrace.eventTimeMax", "2000-01-02"))
            .eventTime();

    assertThat(time.isPlausible(time.minMillis()), is(true));
    assertThat(time.isPlausible(time.minMillis() - 1), is(false));
    assertThat(time.isPlausible(time.maxMillis() - 1), is(true));
    assertThat(time.isPlausible(time.maxMillis()), is(false));
  }

  @Test
  void hasFieldForUnknownFieldsThatAreKept() {
    Contract contract = parse(flightsWith("millrace.unknownFields", "keep"));

    assertThat(contract.schema().field(4), is(Field.optional("_unknown", FieldType.STRING)));
    assertThat(contract.rules().size(), is(4));
  }

  @Test
  void requiresTheEventTimeFieldEvenIfTheContractDoesNot() {
    Contract contract =
        parse(flights("logicalType: timestamp\n        required: true", "logicalType: timestamp"));

    assertThat(contract.rules().get(0).required(), is(true));
    assertThat(contract.schema().field(0).nullable(), is(false));
  }

  @Test
  void readsEventTimeFromTimestampByItsOwnFormat() {
    Contract contract =
        parse(
            flights(
                "logicalType: timestamp",
                "logicalType: timestamp\n        logicalTypeOptions: {format: epochSeconds}"));

    assertThat(contract.rules().get(0).format().micros(12), is(12_000_000L));
    assertThat(contract.eventTime().format().numeric(), is(true));
  }

  @Test
  void readsEventTimeFromTimestampByTheSetting() {
    Contract contract =
        parse(
            flightsWith(
                "millrace.eventTimeFormat", "yyyy-MM-dd HH:mm",
                "millrace.eventTimeZone", "Europe/Paris"));

    long expected = Instant.parse("2001-01-15T06:30:00Z").toEpochMilli() * 1_000;
    assertThat(micros(contract.rules().get(0).format(), "2001-01-15 07:30"), is(expected));
    assertThat(micros(contract.eventTime().format(), "2001-01-15 07:30"), is(expected));
  }

  @Test
  void readsEventTimeFromText() {
    Contract contract =
        parse(
            flights("value: date", "value: origin")
                + "      - property: millrace.eventTimeZone\n        value: Asia/Tokyo\n");

    assertThat(contract.eventTime().field(), is(3));
    assertThat(micros(contract.eventTime().format(), "1970-01-01T09:00:01"), is(1_000_000L));
    assertThat(contract.rules().get(3).required(), is(true));
  }

  @Test
  void readsEventTimeFromIntegers() {
    Contract contract =
        parse(
            flights("value: date", "value: delay")
                + "      - property: millrace.eventTimeFormat\n        value: epochMillis\n");

    assertThat(contract.eventTime().field(), is(1));
    assertThat(contract.eventTime().format().micros(-5), is(-5_000L));
  }

  @Test
  void readsEventTimeFromDates() {
    Contract contract = parse(flights("logicalType: timestamp", "logicalType: date"));

    assertThat(micros(contract.eventTime().format(), "1970-01-02"), is(86_400_000_000L));
  }

  @Test
  void takesPrimaryKeyInItsPositions() {
    String yaml =
        FLIGHTS
            .replace("- name: date", "- name: date\n        primaryKey: true")
            .replace(
                "- name: distance",
                "- name: distance\n        primaryKey: true\n        primaryKeyPosition: 2")
            .replace(
                "- name: origin",
                "- name: origin\n        primaryKey: true\n        primaryKeyPosition: 1");

    assertThat(parse(yaml).dedupKey(), contains("origin", "distance", "date"));
    assertThat(parse(yaml).unchecked(), is(empty()));
  }

  @Test
  void takesFirstUniqueFieldWithoutPrimaryKeyAndListsTheOthers() {
    String yaml =
        FLIGHTS
            .replace("- name: delay", "- name: delay\n        unique: true")
            .replace("- name: origin", "- name: origin\n        unique: true");

    assertThat(parse(yaml).dedupKey(), contains("delay"));
    assertThat(
        parse(yaml).unchecked(),
        contains(
            "flights.odcs.yaml:23: Not checked: unique: duplicates are told by delay"
                + " (at schema[0].properties[3].unique)"));
  }

  @Test
  void listsKeysThatTheSettingOverrules() {
    String yaml =
        flightsWith("millrace.dedupKey", "content")
            .replace("- name: delay", "- name: delay\n        primaryKey: true")
            .replace("- name: origin", "- name: origin\n        unique: true");

    assertThat(parse(yaml).dedupKey(), is(empty()));
    assertThat(
        parse(yaml).unchecked(),
        contains(
            "flights.odcs.yaml:14: Not checked: primaryKey: duplicates are told by the whole"
                + " content (at schema[0].properties[1].primaryKey)",
            "flights.odcs.yaml:23: Not checked: unique: duplicates are told by the whole content"
                + " (at schema[0].properties[3].unique)"));
  }

  @Test
  void listsWhatItDoesNotCheck() {
    String yaml =
        FLIGHTS.replace(
                "    customProperties:",
                """
                      physicalName: org
                      partitioned: true
                      logicalTypeOptions: {format: iban}
                      relationships: [{to: airports.iata}]
                      quality:
                        - {metric: nullValues, mustBeLessThan: 1, unit: percent}
                        - {type: sql, query: select 1, mustBe: 1}
                        - {type: text, description: it looks good}
                        - {type: custom, engine: soda, implementation: x}
                        - {metric: invalidValues, mustBeLessThan: 5, unit: percent,
                           arguments: {validValues: [a]}}
                        - {metric: invalidValues, mustBe: 0, severity: warning,
                           arguments: {validValues: [a]}}
                  quality:
                    - {metric: rowCount, mustBeGreaterThan: 1000}
                  relationships: [{from: flights.origin, to: airports.iata}]
                  customProperties:\
                """
                    .indent(2)
                    .stripTrailing())
            + "slaProperties:\n  - {property: retention, value: 3, unit: y}\n";

    String field = " (at schema[0].properties[3]";
    String schema = " (at schema[0]";
    assertThat(
        parse(yaml).unchecked().stream().map(line -> line.split(":", 3)[2].strip()).toList(),
        contains(
            "Not checked: physicalName: records are read by name" + field + ".physicalName)",
            "Not checked: partitioned: tables are partitioned by event time"
                + field
                + ".partitioned)",
            "Not checked: format iban" + field + ".logicalTypeOptions.format)",
            "Not checked: relationship" + field + ".relationships[0])",
            "Not executed: sql rule: it is a query, not a condition on one record"
                + field
                + ".quality[1])",
            "Not executed: text rule" + field + ".quality[2])",
            "Not executed: custom rule" + field + ".quality[3])",
            "Not checked: relationship" + schema + ".relationships[0])",
            "Not checked: service level retention (at slaProperties[0])"));
  }

  @Test
  void listsOptionsThatHaveNoMeaningHere() {
    String yaml =
        FLIGHTS
            .replace("string", "time\n        logicalTypeOptions: {timezone: true}")
            .replace("number", "boolean\n        logicalTypeOptions: {minimum: 0}")
            .replace("maximum: 720", "format: u64");

    assertThat(
        parse(yaml).unchecked(),
        contains(
            "flights.odcs.yaml:18: Not checked: format u64: no integer beyond 64 bits is read"
                + " (at schema[0].properties[1].logicalTypeOptions.format)",
            "flights.odcs.yaml:21: Not checked: option minimum of a boolean"
                + " (at schema[0].properties[2].logicalTypeOptions.minimum)",
            "flights.odcs.yaml:24: Not checked: timezone: a time of day has no zone"
                + " (at schema[0].properties[3].logicalTypeOptions.timezone)"));
  }

  @Test
  void survivesSerialisation() throws Exception {
    Contract contract =
        parse(
            flightsWith(
                "millrace.eventTimeFormat", "yyyy-MM-dd HH:mm",
                "millrace.eventTimeZone", "Europe/Paris",
                "millrace.unknownFields", "keep"));

    Contract copy = Contracts.copied(contract, Contract.class);

    assertThat(copy.schema(), is(contract.schema()));
    assertThat(copy.name(), is("US flights"));
    assertThat(copy.unknownFields(), is(UnknownFields.KEEP));
    assertThat(
        micros(copy.eventTime().format(), "2001-07-15 07:30"),
        is(micros(contract.eventTime().format(), "2001-07-15 07:30")));
    assertThat(
        Contracts.check(copy.rules().get(1), 721L),
        is(Contracts.check(contract.rules().get(1), 721L)));
  }

  @Test
  void readsFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("flights.odcs.yaml"), FLIGHTS);

    assertThat(Contract.read(file).id(), is("us-flights"));
  }

  @Test
  void namesFileThatDoesNotExist() {
    ContractException e =
        assertThrows(ContractException.class, () -> Contract.read(Path.of("no.odcs.yaml")));

    assertThat(e, hasErrors("Cannot read contract no.odcs.yaml: no such file"));
    assertThat(e.getMessage(), is("Cannot read contract no.odcs.yaml: no such file"));
  }

  @Test
  void namesFolderAndFileThatAreNoContract(@TempDir Path folder) throws IOException {
    Path latin = folder.resolve("latin.odcs.yaml");
    Files.write(latin, "id: été".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(
        assertThrows(ContractException.class, () -> Contract.read(folder)),
        hasErrors("Cannot read contract " + folder + ": it is a folder"));
    assertThat(
        assertThrows(ContractException.class, () -> Contract.read(latin)),
        hasErrors("Cannot read contract " + latin + ": it is not UTF-8"));
  }

  @Test
  void joinsErrorsInOneMessage() {
    ContractException e =
        assertThrows(
            ContractException.class,
            () -> parse("kind: Data\n" + FLIGHTS.replace("kind: DataContract\n", "idd: x\n")));

    assertThat(
        e.getMessage(),
        is(
            "flights.odcs.yaml:1: Invalid kind: Data (expected DataContract) (at kind)\n"
                + "flights.odcs.yaml:4: Unknown key: idd (did you mean id?) (at idd)"));
    assertThat(e.errors(), is(List.of(e.getMessage().split("\n"))));
  }
}
