package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.flights;
import static dev.millrace.stages.contract.Contracts.flightsWith;
import static dev.millrace.stages.contract.Contracts.hasErrors;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.stages.contract.odcs.ContractException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractErrorsTest {
  private static final String ALL_TYPES =
      "string, date, timestamp, time, number, integer, object, array or boolean";
  private static final String TYPES =
      "string, integer, number, boolean, date, time, timestamp, object or array";

  @Test
  void reportsAllErrorsInOrderOfTheFile() {
    String yaml =
        flights("version: 1.2.0", "version: 1.2")
            .replace("required: true", "requried: true")
            .replace("logicalType: number", "logicalType: float")
            .replace("value: date", "value: dates");

    assertErrors(
        yaml,
        "1: Invalid version: 1.2 (expected text: put it in quotes) (at version)",
        "12: Unknown key: requried (did you mean required?) (at schema[0].properties[0].requried)",
        "15: Unknown key: requried (did you mean required?) (at schema[0].properties[1].requried)",
        "20: Invalid logicalType: float (expected "
            + ALL_TYPES
            + ")"
            + " (at schema[0].properties[2].logicalType)",
        "25: Unknown field: dates (did you mean date?) (at schema[0].customProperties[0].value)");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource({"documents", "properties", "options", "qualities", "settings"})
  void reports(String yaml, String error) {
    assertErrors(yaml, error);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments("", "1: Cannot read contract: the file is empty"),
        arguments("# nothing\n", "1: Cannot read contract: the file is empty"),
        arguments("id: [1, 2\nname: x\n", "2: Cannot read YAML: expected ',' or ']', but got :"),
        arguments(
            "id: x\n\tname: x\n",
            "2: Cannot read YAML: found character '\\t(TAB)' that cannot"
                + " start any token. (Do not use \\t(TAB) for indentation)"),
        arguments(FLIGHTS + "---\nid: y\n", "26: Cannot read YAML: but found another document"),
        arguments("id: \u0007\n", "1: Cannot read YAML: special characters are not allowed"),
        arguments("- id: x\n", "1: Invalid contract: a list (expected an object)"),
        arguments(flights("id: us-flights\n", ""), "1: Missing required value: id"),
        arguments(
            flights("apiVersion: v3.1.0", "apiVersion: v2.2.2"),
            "2: Cannot read apiVersion v2.2.2: this version reads v3.0 and v3.1 (at apiVersion)"),
        arguments(
            flights("name: US flights", "name:"),
            "5: Invalid name: nothing (expected text) (at name)"),
        arguments(flights("name: US", "id: US"), "5: Repeated key: id (at id)"),
        arguments(
            flights("name: US flights", "color: red"),
            "5: Unknown key: color (expected version, apiVersion, kind, id, status, name, tenant,"
                + " domain, dataProduct, description, tags, schema, servers, support, price, team,"
                + " roles, slaDefaultElement, slaProperties, authoritativeDefinitions,"
                + " customProperties, contractCreatedTs) (at color)"),
        arguments(
            FLIGHTS.substring(0, FLIGHTS.indexOf("schema:")), "1: Missing required value: schema"),
        arguments(
            FLIGHTS.substring(0, FLIGHTS.indexOf("schema:")) + "schema: []\n",
            "7: Invalid schema: an empty list (expected at least one object) (at schema)"),
        arguments(
            FLIGHTS + "  - name: airports\n    properties: []\n",
            "7: Cannot choose from 2 schema objects: name one of flights or airports (at schema)"),
        arguments(
            FLIGHTS + "servers:\n  - {server: s, type: kafka, host: x, formt: y}\n",
            "27: Unknown key: formt (did you mean format?) (at servers[0].formt)"),
        arguments(
            FLIGHTS + "team: {members: [{name: x}]}\n",
            "26: Missing required value: username (at team.members[0])"),
        arguments(
            FLIGHTS + "customProperties: [{property: millrace.partition, value: day}]\n",
            "26: Cannot use millrace.partition here: it belongs to the schema object"
                + " (at customProperties[0])"));
  }

  static Stream<Arguments> properties() {
    return Stream.of(
        arguments(
            flights("- name: origin\n        logicalType", "- logicalType"),
            "21: Missing required value: name (at schema[0].properties[3])"),
        arguments(
            flights("name: origin", "name: delay"),
            "21: Repeated property: delay (at schema[0].properties[3].name)"),
        arguments(
            flights("- name: origin\n        logicalType: string", "- name: origin"),
            "21: Missing required value: logicalType (expected "
                + TYPES
                + ")"
                + " (at schema[0].properties[3])"),
        arguments(
            flights("logicalType: string", "logicalType: array"),
            "21: Missing required value: items (at schema[0].properties[3])"),
        arguments(
            flights(
                "logicalType: string",
                "logicalType: timestamp\n        logicalTypeOptions: {timezone: true, format: yyyyMMddHHmmss}"),
            "23: Invalid timezone: true (expected false, as the format has it)"
                + " (at schema[0].properties[3].logicalTypeOptions.timezone)"),
        arguments(
            flights("logicalType: string", "logicalType: object"),
            "21: Missing required value: properties (at schema[0].properties[3])"),
        arguments(
            flights("name: origin", "name: ''"),
            "21: Invalid name: an empty text (expected the name of a field)"
                + " (at schema[0].properties[3].name)"),
        arguments(
            flights(
                "logicalType: number", "logicalType: number\n        physicalType: DECIMAL(38, 2)"),
            "21: Cannot read physicalType DECIMAL(38, 2): decimals have 1 to 18 digits, of which none"
                + " to all are after the point (at schema[0].properties[2].physicalType)"),
        arguments(
            flights("logicalType: string", "logicalType: [string]"),
            "22: Invalid logicalType: a list (expected "
                + ALL_TYPES
                + ") (at schema[0].properties[3].logicalType)"),
        arguments(
            flights("logicalType: string", "logicalType: string\n        items: {}"),
            "23: Unknown key: items (only arrays have it)" + " (at schema[0].properties[3].items)"),
        arguments(
            flights("logicalType: string", "logicalType: string\n        required: yes"),
            "23: Invalid required: yes (expected true or false)"
                + " (at schema[0].properties[3].required)"),
        arguments(
            FLIGHTS.replaceAll(
                "- name: (date|origin)",
                "- name: $1\n        primaryKey: true\n        primaryKeyPosition: 1"),
            "25: Repeated primaryKeyPosition: 1 (at schema[0].properties[3].primaryKeyPosition)"),
        arguments(
            flightsWith("millrace.unknownFields", "keep").replace("origin", "_unknown"),
            "21: Cannot name a field _unknown: it keeps unknown fields"
                + " (at schema[0].properties[3])"));
  }

  static Stream<Arguments> options() {
    return Stream.of(
        option(
            "string",
            "minimum: 3",
            "Unknown key: minimum (expected minLength, maxLength, pattern,"
                + " format) (at @.minimum)"),
        option(
            "string",
            "minLength: -1",
            "Invalid minLength: -1 (expected a whole number from 0)" + " (at @.minLength)"),
        option(
            "string",
            "minLength: 3, maxLength: 2",
            "Invalid logicalTypeOptions: no value is a"
                + " length of at least 3 and a length of at most 2 (at @)"),
        option(
            "string",
            "pattern: 'a('",
            "Invalid pattern: a( (expected a regular expression:"
                + " Unclosed group at character 2) (at @.pattern)"),
        option(
            "string",
            "pattern: '\\Aa'",
            "Invalid pattern: \\Aa (expected a regular expression of"
                + " ECMA-262, which has no \\A) (at @.pattern)"),
        option(
            "string",
            "pattern: '(?i)a'",
            "Invalid pattern: (?i)a (expected a regular expression"
                + " of ECMA-262, which has no flags) (at @.pattern)"),
        option(
            "string",
            "pattern: '[]a]'",
            "Invalid pattern: []a] (expected a regular expression"
                + " without empty classes) (at @.pattern)"),
        option(
            "integer", "maximum: many", "Invalid maximum: many (expected a number) (at @.maximum)"),
        option(
            "integer",
            "maximum: 1e30",
            "Invalid maximum: 1e30 (expected a number within those of"
                + " 64 bits) (at @.maximum)"),
        option(
            "integer",
            "minimum: 5, exclusiveMaximum: 5",
            "Invalid logicalTypeOptions: no value is" + " at least 5 and less than 5 (at @)"),
        option(
            "integer",
            "multipleOf: 0",
            "Invalid multipleOf: 0 (expected a number above 0)" + " (at @.multipleOf)"),
        option(
            "integer",
            "format: i24",
            "Invalid format: i24 (expected i8, i16, i32, i64, i128, u8,"
                + " u16, u32, u64 or u128) (at @.format)"),
        option(
            "number",
            "minimum: 1e400",
            "Invalid minimum: 1e400 (expected a number within those of"
                + " 64 bits) (at @.minimum)"),
        option(
            "date",
            "minimum: 2001-02-29",
            "Invalid minimum: 2001-02-29 (expected a date such as" + " 2001-01-15) (at @.minimum)"),
        option(
            "timestamp",
            "format: epochMillis, minimum: '2001-01-15T07:30:00'",
            "Invalid minimum: 2001-01-15T07:30:00 (expected a time such as 2001-01-15T07:30:00Z)"
                + " (at @.minimum)"),
        option(
            "timestamp",
            "format: 'yyyy-MM-dd HH:mm', maximum: '2001-01-15 07:30:00'",
            "Invalid maximum: 2001-01-15 07:30:00 (expected a time like yyyy-MM-dd HH:mm)"
                + " (at @.maximum)"),
        option(
            "date",
            "format: epochMillis",
            "Invalid format: epochMillis (expected a format of" + " dates) (at @.format)"),
        option(
            "timestamp",
            "format: YYYY-bb",
            "Invalid format: YYYY-bb (expected a pattern of"
                + " java.time: unknown pattern letter: b) (at @.format)"),
        option(
            "timestamp",
            "format: 'HH:mm'",
            "Invalid format: HH:mm (expected a pattern that gives a"
                + " date and an unambiguous time) (at @.format)"),
        option(
            "timestamp",
            "format: 'yyyy-MM-dd hh:mm'",
            "Invalid format: yyyy-MM-dd hh:mm (expected"
                + " a pattern that gives a date and an unambiguous time) (at @.format)"),
        option(
            "timestamp",
            "defaultTimezone: Mars",
            "Invalid defaultTimezone: Mars (expected a time"
                + " zone such as UTC or Europe/Paris) (at @.defaultTimezone)"),
        option(
            "timestamp",
            "format: epochMillis, defaultTimezone: Asia/Tokyo",
            "Invalid"
                + " defaultTimezone: Asia/Tokyo (expected none: numbers count from 1970 in UTC)"
                + " (at @.defaultTimezone)"));
  }

  private static Arguments option(String type, String options, String error) {
    String yaml =
        flights(
            "logicalType: string",
            "logicalType: " + type + "\n        logicalTypeOptions: {" + options + "}");
    String path = "schema[0].properties[3].logicalTypeOptions";
    return arguments(yaml, "23: " + error.replace("@", path));
  }

  static Stream<Arguments> qualities() {
    return Stream.of(
        quality(
            "metric: invalidValue, mustBe: 0",
            "Invalid metric: invalidValue (expected"
                + " nullValues, missingValues, invalidValues, duplicateValues or rowCount)"
                + " (at @.metric)"),
        quality("metric: nullValues", "Missing required value: mustBe or another operator (at @)"),
        quality(
            "metric: nullValues, mustBe: 0, mustBeLessThan: 3",
            "Cannot use mustBe and" + " mustBeLessThan together: a rule has one operator (at @)"),
        quality("type: library, mustBe: 0", "Missing required value: metric (at @)"),
        quality("type: sql, mustBe: 0", "Missing required value: query (at @)"),
        quality("type: custom, engine: soda", "Missing required value: implementation (at @)"),
        quality(
            "type: magic",
            "Invalid type: magic (expected text, library, sql or custom)" + " (at @.type)"),
        quality(
            "metric: invalidValues, mustBe: 0, arguments: {validValues: []}",
            "Invalid"
                + " validValues: a list (expected a list of at least one value)"
                + " (at @.arguments.validValues)"),
        quality(
            "metric: invalidValues, mustBe: 0, arguments: {validValues: [ATL, 5]}",
            "Invalid"
                + " validValues[1]: 5 (expected text: put it in quotes)"
                + " (at @.arguments.validValues[1])"));
  }

  private static Arguments quality(String rule, String error) {
    String yaml =
        flights("logicalType: string", "logicalType: string\n        quality: [{" + rule + "}]");
    return arguments(yaml, "23: " + error.replace("@", "schema[0].properties[3].quality[0]"));
  }

  static Stream<Arguments> settings() {
    String epochs = "epochSeconds, epochMillis or epochMicros";
    return Stream.of(
        arguments(
            flights("- property: millrace.eventTimeField", "- property: mine"),
            "8: Missing required value: millrace.eventTimeField"
                + " (expected the name of the field that says when a record happened, in customProperties) (at schema[0])"),
        arguments(
            flights("value: date", "value: distance"),
            "25: Invalid millrace.eventTimeField: distance (expected a field of type timestamp,"
                + " date, string or integer, not number) (at schema[0].customProperties[0].value)"),
        arguments(
            flights("value: date", "value: [date]"),
            "25: Invalid millrace.eventTimeField: a list (expected text)"
                + " (at schema[0].customProperties[0].value)"),
        arguments(
            flights("value: date", "value: delay"),
            "8: Missing required value: millrace.eventTimeFormat (expected "
                + epochs
                + ")"
                + " (at schema[0])"),
        arguments(
            flightsWith("millrace.eventTimeFormat", "iso8601")
                .replace("value: date", "value: delay"),
            "27: Invalid millrace.eventTimeFormat: iso8601 (expected "
                + epochs
                + ": delay is an"
                + " integer) (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeFormat", "epochMillis")
                .replace("value: date", "value: origin"),
            "27: Invalid millrace.eventTimeFormat: epochMillis (expected a format of text: origin"
                + " is a string) (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeFormat", "epochMillis")
                .replace(
                    "timestamp\n", "timestamp\n        logicalTypeOptions: {format: iso8601}\n"),
            "28: Invalid millrace.eventTimeFormat: epochMillis (expected none: the field has its"
                + " own format) (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeOfDayFormat", "HHmm"),
            "27: Invalid millrace.eventTimeOfDayFormat: HHmm (expected it with"
                + " millrace.eventTimeOfDayField only) (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeOfDayField", "delay"),
            "25: Invalid millrace.eventTimeField: date (expected a field of type date or string,"
                + " not timestamp) (at schema[0].customProperties[0].value)"),
        arguments(
            flightsWith("millrace.eventTimeOfDayField", "distance")
                .replace("timestamp\n", "date\n"),
            "27: Invalid millrace.eventTimeOfDayField: distance (expected a field of type time,"
                + " string or integer, not number) (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeOfDayField", "dellay").replace("timestamp\n", "date\n"),
            "27: Unknown field: dellay (did you mean delay?)"
                + " (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith(
                    "millrace.eventTimeOfDayField",
                    "delay",
                    "millrace.eventTimeOfDayFormat",
                    "hh:mm a")
                .replace("timestamp\n", "date\n"),
            "29: Invalid millrace.eventTimeOfDayFormat: hh:mm a (expected HHmm: delay is an"
                + " integer) (at schema[0].customProperties[2].value)"),
        arguments(
            flightsWith("millrace.coercion", "all"),
            "27: Invalid millrace.coercion: all (expected none or lossless)"
                + " (at schema[0].customProperties[1].value)"),
        arguments(
            flightsWith("millrace.eventTimeZone", "UTC").replace("timestamp\n", "date\n"),
            "27: Invalid millrace.eventTimeZone: UTC (expected none: dates start at 00:00 UTC)"
                + " (at schema[0].customProperties[1].value)"),
        setting(
            "millrace.eventTimeFeild",
            "date",
            "26",
            "Unknown property: millrace.eventTimeFeild"
                + " (did you mean millrace.eventTimeField?) (at @.property)"),
        setting(
            "millrace.eventTimeField",
            "date",
            "26",
            "Repeated property: millrace.eventTimeField" + " (at @.property)"),
        setting(
            "millrace.eventTimeZone",
            "Mars/Phobos",
            "27",
            "Invalid millrace.eventTimeZone:"
                + " Mars/Phobos (expected a time zone such as UTC or Europe/Paris) (at @.value)"),
        setting(
            "millrace.eventTimeMin",
            "yesterday",
            "27",
            "Invalid millrace.eventTimeMin: yesterday"
                + " (expected a date such as 2001-01-15 or a time such as 2001-01-15T07:30:00Z)"
                + " (at @.value)"),
        setting(
            "millrace.eventTimeMax",
            "1969-01-01",
            "27",
            "Invalid millrace.eventTimeMax:"
                + " 1969-01-01 (expected millrace.eventTimeMin before millrace.eventTimeMax)"
                + " (at @.value)"),
        setting(
            "millrace.dedupKey",
            "date",
            "27",
            "Invalid millrace.dedupKey: date (expected a list"
                + " of fields, or content) (at @.value)"),
        setting(
            "millrace.dedupKey",
            "[date, orign]",
            "27",
            "Unknown field: orign (did you mean" + " origin?) (at @.value[1])"),
        setting("millrace.dedupKey", "[date, date]", "27", "Repeated field: date (at @.value[1])"),
        setting(
            "millrace.dedupHorizon",
            "0s",
            "27",
            "Invalid millrace.dedupHorizon: 0s (expected a"
                + " duration from 1ms to 36500d) (at @.value)"),
        setting(
            "millrace.allowedLateness",
            "soon",
            "27",
            "Invalid millrace.allowedLateness: soon"
                + " (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)"
                + " (at @.value)"),
        setting(
            "millrace.allowedLateness",
            "PT-1H",
            "27",
            "Invalid millrace.allowedLateness: PT-1H"
                + " (expected a duration from 0ms to 36500d) (at @.value)"),
        setting(
            "millrace.allowedLateness",
            "5",
            "27",
            "Invalid millrace.allowedLateness: 5 (expected"
                + " text: put it in quotes) (at @.value)"),
        setting(
            "millrace.partition",
            "week",
            "27",
            "Invalid millrace.partition: week (expected day or" + " hour) (at @.value)"),
        setting(
            "millrace.unknownFields",
            "ignore",
            "27",
            "Invalid millrace.unknownFields: ignore"
                + " (expected reject, keep or drop) (at @.value)"));
  }

  private static Arguments setting(String name, String value, String line, String error) {
    return arguments(
        flightsWith(name, value),
        line + ": " + error.replace("@", "schema[0].customProperties[1]"));
  }

  private static void assertErrors(String yaml, String... errors) {
    ContractException e = assertThrows(ContractException.class, () -> Contracts.parse(yaml));
    assertThat(
        e,
        hasErrors(Arrays.stream(errors).map(x -> "flights.odcs.yaml:" + x).toArray(String[]::new)));
  }
}
