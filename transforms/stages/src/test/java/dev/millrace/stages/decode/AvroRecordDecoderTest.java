package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.BlockHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.RegistryHeader;
import dev.millrace.stages.contract.Contract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroRecordDecoderTest {
  private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
  private static final String AT = "\"at\":" + MICROS;

  /** 2001-01-15T07:30:00Z. */
  private static final String NOON = "979543800000000";

  private static final String FLIGHT =
      AvroData.schema(
          "\"id\":\"string\"",
          AT,
          "\"delay\":[\"null\",\"int\"]",
          "\"distance\":[\"float\",\"null\"]",
          "\"diverted\":\"boolean\"",
          "\"day\":{\"type\":\"int\",\"logicalType\":\"date\"}");

  private static Decoded decode(Contract contract, String schema, String json) {
    return Decoded.of(new AvroRecordDecoder(contract), AvroData.block(schema, json));
  }

  private static Decoded decode(String type, String value, String written, String... settings) {
    String property = type.startsWith("{") ? type : "{name: f, logicalType: " + type + "}";
    String properties = "    - {name: at, logicalType: timestamp}\n    - " + property + "\n";
    return decode(
        Contracts.of(properties, "at", settings),
        AvroData.schema(AT, "\"f\":" + written),
        "{\"at\":" + NOON + ",\"f\":" + value + "}");
  }

  private static Decoded decodeMessage(BlockHeader header, byte[] message) {
    RawBlock block = RawBlock.of(new RawRecord("t/0", 7, message)).withHeader(header);
    return Decoded.of(new AvroRecordDecoder(Contracts.flights()), block);
  }

  @Test
  void readsWhatIsBehindTheIdOfItsSchema() {
    byte[] datum =
        AvroData.datum(
            FLIGHT,
            """
            {"id":"a","at":%s,"delay":{"int":-3},"distance":{"float":0.5},"diverted":true,"day":-1}"""
                .formatted(NOON));
    byte[] message = new byte[RegistryHeader.FRAME_LENGTH + datum.length];
    System.arraycopy(datum, 0, message, RegistryHeader.FRAME_LENGTH, datum.length);
    Decoded decoded = decodeMessage(RegistryHeader.of(FLIGHT), message);
    assertThat(decoded.violations(), empty());
    assertThat(decoded.passed(), hasValue("id", "a"));
    assertThat(decoded.passed(), hasValue("delay", -3L));

    byte[] cutOff = Arrays.copyOf(message, message.length - 1);
    assertThat(
        decodeMessage(RegistryHeader.of(FLIGHT), cutOff).violations(),
        contains("MALFORMED : Value beyond the end of the record at byte " + cutOff.length));
  }

  @Test
  void rejectsMessagesThatNameNoSchemaOrAnUnknownOne() {
    assertThat(
        decodeMessage(RegistryHeader.UNFRAMED, new byte[4]).violations(),
        contains("MALFORMED : Expected a zero and the id of a schema before a datum at byte 0"));
    assertThat(
        decodeMessage(RegistryHeader.withoutSchema("there is no schema 7"), new byte[9])
            .violations(),
        contains("UNKNOWN_SCHEMA : Cannot read record: there is no schema 7"));
  }

  @Test
  void readsAFieldOfEveryType() {
    Decoded decoded =
        decode(
            Contracts.flights(),
            FLIGHT,
            """
            {"id":"é","at":%s,"delay":{"int":-3},"distance":{"float":0.5},"diverted":true,"day":-1}"""
                .formatted(NOON));
    assertThat(decoded.violations(), empty());
    Record record = decoded.passed();
    assertThat(record, hasValue("id", "é"));
    assertThat(record, hasValue("at", Instant.parse("2001-01-15T07:30:00Z")));
    assertThat(record, hasValue("delay", -3L));
    assertThat(record, hasValue("distance", 0.5));
    assertThat(record, hasValue("diverted", true));
    assertThat(record, hasValue("day", LocalDate.of(1969, 12, 31)));
    assertThat(record.eventTime().toString(), is("2001-01-15T07:30:00.000Z"));
    assertThat(record.offset(), is(100L));
  }

  @Test
  void takesNullForAbsentAndListsAllThatIsWrong() {
    String schema =
        AvroData.schema(
            "\"delay\":[\"string\",\"null\",\"long\"]",
            "\"id\":\"null\"",
            "\"distance\":\"double\"",
            "\"day\":\"long\"",
            AT);
    Decoded decoded =
        decode(
            Contracts.flights(),
            schema,
            "{\"delay\":{\"string\":\"5\"},\"id\":null,\"distance\":20000.5,\"day\":3,\"at\":"
                + NOON
                + "}");
    assertThat(
        decoded.violations(),
        contains(
            "WRONG_TYPE delay: Invalid delay: \"5\" (expected an integer of 64 bits)",
            "MISSING_FIELD id: Missing required value: id",
            "OUT_OF_RANGE distance: Found 20000.5, expected at most 10000",
            "WRONG_TYPE day: Invalid day: 3 (expected a date such as 2001-01-15)"));
    assertThat(decoded.rejected().eventTimeMillis(), is(OptionalLong.of(979543800000L)));
    assertThat(
        decoded.rejected().raw().payload(),
        is(
            AvroData.datum(
                schema,
                "{\"delay\":{\"string\":\"5\"},\"id\":null,\"distance\":20000.5,\"day\":3,\"at\":"
                    + NOON
                    + "}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string | `\"7\"` | `\"string\"` | 7",
        "string | `\"B\"` | `{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"B\"]}` | B",
        "string | `\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u000e\\u000f\\u0010\"` | `{\"type\":\"fixed\",\"name\":\"u\",\"size\":16,\"logicalType\":\"uuid\"}` | 01020304-0506-0708-090a-0b0c0d0e0f10",
        "integer | 12 | `\"int\"` | 12",
        "integer | 9223372036854775807 | `\"long\"` | 9223372036854775807",
        "integer | `\"\\u000c\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4}` | 12",
        "number | 12 | `\"int\"` | 12.0",
        "number | 9007199254740993 | `\"long\"` | 9.007199254740992E15",
        "number | 0.1 | `\"float\"` | 0.10000000149011612",
        "number | -0.0 | `\"double\"` | 0.0",
        "number | `\"\\u00ff\\u0085\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}` | -1.23",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 7 | `\"int\"` | 7.0",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | `\"\\u0000\\u0096\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}` | 1.5",
        "`{name: f, logicalType: number, physicalType: \"decimal(18,2)\"}` | `\"\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0001\\u0000\"` | `{\"type\":\"fixed\",\"name\":\"d\",\"size\":10,\"logicalType\":\"decimal\",\"precision\":20,\"scale\":2}` | 2.56",
        "time | 27000500 | `{\"type\":\"int\",\"logicalType\":\"time-millis\"}` | 07:30:00.500",
        "time | 27000000001 | `{\"type\":\"long\",\"logicalType\":\"time-micros\"}` | 07:30:00.000001",
        "time | `\"07:30\"` | `\"string\"` | 07:30",
        "date | `\"2001-01-15\"` | `\"string\"` | 2001-01-15",
        "timestamp | `\"2001-01-15T07:30:00+01:00\"` | `\"string\"` | 2001-01-15T06:30:00Z",
        "timestamp | -1 | `{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}` | 1969-12-31T23:59:59.999Z",
        "timestamp | -1 | `{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}` | 1969-12-31T23:59:59.999999Z",
        "timestamp | 60000 | `{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}` | 1970-01-01T00:01:00Z",
        "`{name: f, logicalType: timestamp, logicalTypeOptions: {format: epochSeconds}}` | 60 | `\"int\"` | 1970-01-01T00:01:00Z",
        "`{name: f, logicalType: timestamp, logicalTypeOptions: {format: epochSeconds}}` | 60 | `{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}` | 1970-01-01T00:00:00.000060Z",
      })
  void readsWhatCanBeOfTheType(String type, String value, String written, String expected) {
    Decoded decoded = decode(type, value, written);
    assertThat(decoded.violations(), empty());
    assertThat(decoded.passed().value("f").toString(), is(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string | 7 | `\"int\"` | 7",
        "string | `\"a\\u00ff\"` | `\"bytes\"` | `\"Yf8=\"`",
        "string | `\"a\"` | `{\"type\":\"fixed\",\"name\":\"x\",\"size\":1}` | `\"YQ==\"`",
        "integer | 7.0 | `\"double\"` | 7.0",
        "integer | 7.5 | `\"float\"` | 7.5",
        "integer | `\"7\"` | `\"string\"` | `\"7\"`",
        "integer | true | `\"boolean\"` | true",
        "integer | `\"\\u000a\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":1}` | 1.0",
        "integer | 1 | `{\"type\":\"int\",\"logicalType\":\"date\"}` | `\"1970-01-02\"`",
        "number | -1e999 | `\"double\"` | `\"-Infinity\"`",
        "number | 1e999 | `\"float\"` | `\"Infinity\"`",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 1.5 | `\"double\"` | 1.5",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | `\"\\u0000\\u009b\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}` | 1.55",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 10000 | `\"int\"` | 10000",
        "boolean | 1 | `\"int\"` | 1",
        "date | 0 | `{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}` | `\"1970-01-01T00:00:00Z\"`",
        "date | `\"2001-02-29\"` | `\"string\"` | `\"2001-02-29\"`",
        "date | 2000000000 | `{\"type\":\"int\",\"logicalType\":\"date\"}` | `\"+5477784-01-06\"`",
        "time | 86400000 | `{\"type\":\"int\",\"logicalType\":\"time-millis\"}` | 86400000",
        "timestamp | 7 | `{\"type\":\"int\",\"logicalType\":\"date\"}` | `\"1970-01-08\"`",
        "timestamp | 5 | `\"long\"` | 5",
        "string | `{\"a\":1}` | `{\"type\":\"map\",\"values\":\"int\"}` | `{\"a\":1}`",
        "string | `[1,2]` | `{\"type\":\"array\",\"items\":\"int\"}` | `[1,2]`",
        "integer | `{\"a\":{\"string\":\"x\\ny\"},\"b\":null}` | `{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":[\"null\",\"string\"]},{\"name\":\"b\",\"type\":\"null\"}]}` | `{\"a\":\"x\\u000ay\",\"b\":null}`",
      })
  void rejectsWhatCanNotBeOfTheType(String type, String value, String written, String found) {
    assertThat(
        decode(type, value, written).violations().toString().replaceAll(" \\(expected.*", ""),
        is("[WRONG_TYPE f: Invalid f: " + found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string | 7 | `\"int\"` | 7",
        "string | true | `\"boolean\"` | true",
        "string | 7.5 | `\"float\"` | 7.5",
        "string | `\"a\"` | `\"bytes\"` | a",
        "string | `\"\\u000a\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":1}` | 1.0",
        "integer | 7.0 | `\"double\"` | 7",
        "integer | `\"7\"` | `\"string\"` | 7",
        "integer | `\"\\u000a\"` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":1}` | 1",
        "number | `\"1e3\"` | `\"string\"` | 1000.0",
        "boolean | `\"true\"` | `\"string\"` | true",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 0.1 | `\"float\"` | 0.1",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 0.1 | `\"double\"` | 0.1",
      })
  void coercesWhatLosesNothing(String type, String value, String written, String expected) {
    Decoded decoded = decode(type, value, written, "millrace.coercion: lossless");
    assertThat(decoded.violations(), empty());
    assertThat(decoded.passed().value("f").toString(), is(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string | `\"\\u00ff\"` | `\"bytes\"`",
        "integer | 7.5 | `\"double\"`",
        "integer | 9.3e18 | `\"double\"`",
        "integer | 1e999 | `\"double\"`",
        "string | 1e999 | `\"double\"`",
        "`{name: f, logicalType: number, physicalType: \"decimal(5,1)\"}` | 0.15 | `\"double\"`",
        "string | 0 | `{\"type\":\"int\",\"logicalType\":\"date\"}`",
      })
  void coercesNothingElse(String type, String value, String written) {
    assertThat(
        decode(type, value, written, "millrace.coercion: lossless").violations().toString(),
        Matchers.startsWith("[WRONG_TYPE f: Invalid f: "));
  }

  @Test
  void takesNotANumberForNone() {
    String schema = AvroData.schema(AT, "\"id\":\"string\"", "\"distance\":\"double\"");
    String json = "{\"at\":" + NOON + ",\"id\":\"\",\"distance\":0}";
    byte[] datum = AvroData.datum(schema, json);
    datum[datum.length - 1] = 0x7f;
    datum[datum.length - 2] = (byte) 0xf8;
    assertThat(
        Decoded.of(new AvroRecordDecoder(Contracts.flights()), AvroData.block(schema, datum))
            .violations(),
        contains("WRONG_TYPE distance: Invalid distance: \"NaN\" (expected a number)"));
  }

  @Test
  void takesALocalTimestampForOneInTheContractsZone() {
    Contract contract =
        Contracts.of(
            "    - {name: at, logicalType: timestamp}\n",
            "at",
            "millrace.eventTimeZone: America/New_York");
    String schema =
        AvroData.schema("\"at\":{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}");
    Decoded decoded = decode(contract, schema, "{\"at\":" + NOON + "}");
    assertThat(decoded.passed(), hasValue("at", Instant.parse("2001-01-15T12:30:00Z")));
  }

  @Test
  void takesTheEventTimeFromADateAndATimeOfDay() {
    Contract contract =
        Contracts.of(
            "    - {name: day, logicalType: date}\n    - {name: hour, logicalType: integer}\n",
            "day",
            "millrace.eventTimeOfDayField: hour",
            "millrace.eventTimeZone: America/New_York");
    String schema =
        AvroData.schema("\"hour\":\"int\"", "\"day\":{\"type\":\"int\",\"logicalType\":\"date\"}");
    Decoded decoded = decode(contract, schema, "{\"hour\":730,\"day\":11337}");
    assertThat(decoded.passed().eventTime().toString(), is("2001-01-15T12:30:00.000Z"));
    assertThat(
        decode(contract, schema, "{\"hour\":790,\"day\":11337}").violations(),
        contains(
            "INVALID_EVENT_TIME hour: Invalid hour: 790 (expected a time of day such as 0730)"));
  }

  @Test
  void rejectsAnImplausibleEventTime() {
    assertThat(
        decode(
                Contracts.of("    - {name: at, logicalType: timestamp}\n", "at"),
                AvroData.schema(AT),
                "{\"at\":-1000}")
            .violations(),
        contains(
            "IMPLAUSIBLE_EVENT_TIME at: Invalid at: 1969-12-31T23:59:59.999Z"
                + " (expected 1970-01-01T00:00:00Z or later)"));
  }

  @Test
  void rejectsKeepsOrDropsUnknownFieldsThatHaveAValue() {
    String schema =
        AvroData.schema(
            AT, "\"id\":\"string\"", "\"a\":[\"null\",\"int\"]", "\"b\":[\"null\",\"string\"]");
    String json = "{\"at\":%s,\"id\":\"x\",\"a\":null,\"b\":{\"string\":\"\\\"\"}}".formatted(NOON);
    assertThat(
        decode(Contracts.flights("reject"), schema, json).violations(),
        contains("UNKNOWN_FIELD b: Invalid b: \"\\\"\" (expected a known field)"));
    assertThat(
        decode(Contracts.flights("keep"), schema, json).passed(),
        hasValue("_unknown", "{\"b\":\"\\\"\"}"));
    assertThat(decode(Contracts.flights("drop"), schema, json).violations(), empty());
  }

  @Test
  void keepsAnyValueOfAnUnknownFieldAsJson() {
    String schema =
        AvroData.schema(
            AT,
            "\"id\":\"string\"",
            "\"m\":{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":[\"null\",\"double\"]}}",
            "\"r\":{\"type\":\"record\",\"name\":\"e\",\"fields\":[]}",
            "\"x\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}",
            "\"t\":{\"type\":\"int\",\"logicalType\":\"time-millis\"}",
            "\"l\":{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}",
            "\"s\":" + MICROS,
            "\"n\":\"float\"");
    String json =
        """
        {"at":%s,"id":"x","m":{"k":[{"double":1.5},null]},"r":{},"x":"\\u0064","t":1000,
        "l":0,"s":0,"n":1e999}"""
            .formatted(NOON);
    assertThat(
        decode(Contracts.flights("keep"), schema, json).passed(),
        hasValue(
            "_unknown",
            "{\"m\":{\"k\":[1.5,null]},\"r\":{},\"x\":1.00,\"t\":\"00:00:01\","
                + "\"l\":\"1970-01-01T00:00\",\"s\":\"1970-01-01T00:00:00Z\",\"n\":\"Infinity\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"string\"` | | Value beyond the end of the record at byte 8",
        "`\"string\"` | 04c3 | Value beyond the end of the record at byte 9",
        "`\"string\"` | 02c3 | Invalid UTF-8 at byte 9",
        "`\"string\"` | 01 | Invalid length -1 at byte 8",
        "`\"string\"` | 0000 | Expected the end of the record at byte 9",
        "`\"int\"` | 8080808010 | Invalid integer of 32 bits at byte 8",
        "`\"long\"` | ffffffffffffffffffff01 | Invalid integer at byte 8",
        "`\"boolean\"` | 02 | Invalid boolean at byte 8",
        "`[\"null\"]` | 02 | Invalid branch or symbol 1 of 1 at byte 8",
        "`{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\"]}` | 01 | Invalid branch or symbol -1 of 1 at byte 8",
        "`{\"type\":\"array\",\"items\":\"null\"}` | 0c0000 | More items than bytes at byte 8",
        "`{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4}` | 00 | Invalid decimal of 0 bytes at byte 8",
      })
  void rejectsADatumThatIsNotAsItsSchemaSays(String written, String hex, String message) {
    String schema = AvroData.schema(AT, "\"id\":" + written);
    byte[] at = AvroData.datum(AvroData.schema(AT), "{\"at\":" + NOON + "}");
    byte[] rest = HexFormat.of().parseHex(hex == null ? "" : hex);
    byte[] datum = Arrays.copyOf(at, at.length + rest.length);
    System.arraycopy(rest, 0, datum, at.length, rest.length);
    Decoded decoded =
        Decoded.of(new AvroRecordDecoder(Contracts.flights()), AvroData.block(schema, datum));
    assertThat(decoded.violations(), contains("MALFORMED : " + message));
  }

  @Test
  void rejectsADatumThatIsNestedTooDeep() {
    String schema =
        AvroData.schema(
            "\"list\":[\"null\",{\"type\":\"record\",\"name\":\"n\",\"fields\":"
                + "[{\"name\":\"next\",\"type\":[\"null\",\"n\"]}]}]");
    byte[] datum = new byte[1000];
    Arrays.fill(datum, (byte) 2);
    Decoded decoded =
        Decoded.of(new AvroRecordDecoder(Contracts.flights("drop")), AvroData.block(schema, datum));
    assertThat(
        decoded.violations(), contains("MALFORMED : Nested deeper than 200 levels at byte 101"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"string\"` | Expected a record, found string at byte 0",
        "`{\"type\":\"rec\"}` | Malformed schema: ",
        "`{` | Malformed schema: ",
      })
  void rejectsRecordsWithoutASchemaOfRecords(String schema, String message) {
    Decoded decoded =
        Decoded.of(
            new AvroRecordDecoder(Contracts.flights()), AvroData.block(schema, new byte[] {0}));
    assertThat(decoded.violations().get(0), Matchers.startsWith("MALFORMED : " + message));
  }
}
