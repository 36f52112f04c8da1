package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.happenedAt;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordDecoderTest {
  private static final String AT = "\"at\":\"2001-01-15T07:30:00Z\"";
  private static final long AT_MILLIS = Instant.parse("2001-01-15T07:30:00Z").toEpochMilli();

  private static Decoded decode(String json) {
    return Decoded.of(Contracts.flights(), json);
  }

  private static Record passed(Contract contract, String json) {
    Decoded decoded = Decoded.of(contract, json);
    assertThat(json, decoded.violations(), empty());
    return decoded.passed();
  }

  private static Record passed(String json) {
    return passed(Contracts.flights(), json);
  }

  /** A record with all that is required and one more member. */
  private static String with(String member) {
    return "{\"id\":\"a\"," + AT + "," + member + "}";
  }

  @Test
  void readsAFieldOfEveryType() {
    Record record =
        passed(
            """
            {"id":"LAS-1","at":"2001-01-15T07:30:00.123456+01:00","delay":-33,"distance":2176.5,
             "diverted":true,"day":"2001-01-15"}""");
    assertThat(
        record,
        allOf(
            hasValue("id", "LAS-1"),
            hasValue("at", Instant.parse("2001-01-15T06:30:00.123456Z")),
            hasValue("delay", -33L),
            hasValue("distance", 2176.5),
            hasValue("diverted", true),
            hasValue("day", LocalDate.parse("2001-01-15")),
            happenedAt("2001-01-15T06:30:00.123Z")));
  }

  @Test
  void takesAbsentAndNullFieldsForTheSame() {
    Record absent = passed("{\"id\":\"a\"," + AT + "}");
    Record none = passed(with("\"delay\":null,\"distance\":null,\"diverted\":null,\"day\":null"));
    assertThat(absent, allOf(hasValue("delay", null), hasValue("diverted", null)));
    assertThat(none, equalTo(absent));
  }

  @Test
  void readsFieldsInAnyOrderAndWithWhiteSpace() {
    Record record =
        passed("\t\r\n {\n \"delay\" : 5 ,\"at\"\t:\"2001-01-15T07:30:00Z\" , \"id\":\"a\"} \n");
    assertThat(record, equalTo(passed("{\"id\":\"a\"," + AT + ",\"delay\":5}")));
  }

  @Test
  void readsTextsWithEscapes() {
    assertThat(
        passed("{\"id\":\"\\u0000\\t\\ud83d\\ude00é\"," + AT + "}"), hasValue("id", "\0\t😀é"));
    assertThat(
        passed("{\"\\u0069d\":\"\\u0061\",\"at\":\"2001-01-15\\u005407:30:00Z\"}"),
        allOf(hasValue("id", "a"), happenedAt("2001-01-15T07:30:00Z")));
  }

  @Test
  void readsIntegersExactly() {
    Contract contract =
        Contracts.of(
            "  - {name: n, logicalType: integer}\n  - {name: at, logicalType: timestamp}\n", "at");
    for (long n : new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1}) {
      assertThat(passed(contract, "{\"n\":" + n + "," + AT + "}"), hasValue("n", n));
    }
    assertThat(passed(contract, "{\"n\":-0," + AT + "}"), hasValue("n", 0L));
  }

  @Test
  void readsMinusZeroAsZero() {
    assertThat(passed(with("\"distance\":-0.0")), equalTo(passed(with("\"distance\":0"))));
  }

  @Test
  void keepsNothingOfTheRecordBefore() {
    JsonRecordDecoder decoder = new JsonRecordDecoder(Contracts.flights("keep"));
    String full =
        with("\"delay\":5,\"distance\":1.5,\"diverted\":true,\"day\":\"2001-01-15\",\"x\":1");
    String bare = "{\"id\":\"\\n\"," + AT + "}";
    RawBlock block = RawBlock.ofLines("source", full, "{", "{}", bare);
    assertThat(decoder.read(block, 0), is(true));
    assertThat(decoder.read(block, 1), is(false));
    assertThat(decoder.read(block, 2), is(false));
    assertThat(decoder.rejected().violations().size(), is(2));
    assertThat(decoder.rejected().eventTimeMillis(), is(OptionalLong.empty()));
    assertThat(decoder.read(block, 3), is(true));
    Record record = decoder.record();
    assertThat(record, allOf(hasValue("id", "\n"), hasValue("delay", null)));
    assertThat(record, allOf(hasValue("day", null), hasValue("_unknown", null)));
  }

  @Test
  void knowsWhereTheRecordCameFrom() {
    String json = "{\"id\":\"a\"," + AT + "}";
    JsonRecordDecoder decoder = new JsonRecordDecoder(Contracts.flights());
    assertThat(decoder.read(RawBlock.ofLines("flights.ndjson", "{}", json), 1), is(true));
    assertThat(decoder.record().source(), is("flights.ndjson"));
    assertThat(decoder.record().offset(), is(3L));
    assertThat(decoder.record().hasOriginal(), is(false));
    assertThat(
        new String(decoder.recordWithOriginal().original(), StandardCharsets.UTF_8), is(json));
  }

  @Test
  void skipsAByteOrderMarkAtTheStartOfASourceOnly() {
    byte[] json = ("\ufeff{\"id\":\"a\"," + AT + "}").getBytes(StandardCharsets.UTF_8);
    JsonRecordDecoder decoder = new JsonRecordDecoder(Contracts.flights());
    RawBlock first = RawBlock.of(new RawRecord("source", 0, json));
    assertThat(Decoded.of(decoder, first).violations(), empty());
    assertThat(decoder.recordWithOriginal().original(), is(json));
    RawBlock later = RawBlock.of(new RawRecord("source", 100, json));
    assertThat(
        Decoded.of(decoder, later).violations(), contains("MALFORMED : Expected '{' at byte 0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\":5|id|\"logicalType: string\"|Invalid id: 5 (expected a string)",
        "\"id\":true|id|\"logicalType: string\"|Invalid id: true (expected a string)",
        "\"id\":[\"a\"]|id|\"logicalType: string\"|Invalid id: [\"a\"] (expected a string)",
      })
  void rejectsAKeyOfTheWrongType(String member, String path, String rule, String message) {
    Decoded decoded = decode("{" + member + "," + AT + "}");
    assertThat(decoded.violations(), contains("WRONG_TYPE " + path + ": " + message));
    assertThat('"' + decoded.rejected().violations().get(0).rule() + '"', is(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"5\"",
        "5.0",
        "5e0",
        "9223372036854775808",
        "true",
        "{\"a\":[1,{}]}",
        "[]",
        "\"\""
      })
  void rejectsWhatIsNoInteger(String value) {
    assertThat(
        decode(with("\"delay\":" + value)).violations(),
        contains(
            "WRONG_TYPE delay: Invalid delay: " + value + " (expected an integer of 64 bits)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"5\"", "false", "1e309", "-1e309", "[5]"})
  void rejectsWhatIsNoNumber(String value) {
    assertThat(
        decode(with("\"distance\":" + value)).violations(),
        contains("WRONG_TYPE distance: Invalid distance: " + value + " (expected a number)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "0", "{}", "\"\""})
  void rejectsWhatIsNoBoolean(String value) {
    assertThat(
        decode(with("\"diverted\":" + value)).violations(),
        contains("WRONG_TYPE diverted: Invalid diverted: " + value + " (expected true or false)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2001-02-29\"", "\"\"", "11337", "true"})
  void rejectsWhatIsNoDate(String value) {
    String expected = Contracts.flights().rules().get(5).format().expected();
    assertThat(
        decode(with("\"day\":" + value)).violations(),
        contains("WRONG_TYPE day: Invalid day: " + value + " (expected " + expected + ")"));
  }

  @Test
  void rejectsWhatAreNoEventTimesForThatOnly() {
    String expected = Contracts.flights().eventTime().format().expected();
    for (String value : List.of("\"yesterday\"", "979543800000", "false", "{\"a\":1}", "\"\"")) {
      Decoded decoded = decode("{\"id\":\"a\",\"at\":" + value + "}");
      assertThat(
          decoded.violations(),
          contains("INVALID_EVENT_TIME at: Invalid at: " + value + " (expected " + expected + ")"));
      assertThat(decoded.rejected().violations().get(0).rule(), is("millrace.eventTimeField: at"));
      assertThat(decoded.rejected().eventTimeMillis(), is(OptionalLong.empty()));
    }
  }

  @Test
  void rejectsImplausibleEventTimes() {
    Contract contract =
        Contracts.of(
            Contracts.FLIGHTS,
            "at",
            "millrace.eventTimeMin: 2001-01-01",
            "millrace.eventTimeMax: 2001-02-01");
    assertThat(
        passed(contract, "{\"id\":\"a\",\"at\":\"2001-01-01T00:00:00Z\"}"),
        happenedAt("2001-01-01T00:00:00Z"));
    Decoded early = Decoded.of(contract, "{\"id\":\"a\",\"at\":\"2000-12-31T23:59:59.999999Z\"}");
    assertThat(
        early.violations(),
        contains(
            "IMPLAUSIBLE_EVENT_TIME at: Invalid at: 2000-12-31T23:59:59.999Z"
                + " (expected 2001-01-01T00:00:00Z or later)"));
    assertThat(
        early.rejected().violations().get(0).rule(),
        is("millrace.eventTimeMin: 2001-01-01T00:00:00Z"));
    Decoded late = Decoded.of(contract, "{\"id\":\"a\",\"at\":\"2001-02-01T00:00:00Z\"}");
    assertThat(
        late.violations(),
        contains(
            "IMPLAUSIBLE_EVENT_TIME at: Invalid at: 2001-02-01T00:00:00Z"
                + " (expected before 2001-02-01T00:00:00Z)"));
    assertThat(
        late.rejected().violations().get(0).rule(),
        is("millrace.eventTimeMax: 2001-02-01T00:00:00Z"));
    assertThat(late.rejected().eventTimeMillis(), is(OptionalLong.empty()));
  }

  @Test
  void rejectsRecordsThatLackRequiredFields() {
    assertThat(
        decode("{}").violations(),
        contains(
            "MISSING_FIELD id: Missing required value: id",
            "MISSING_FIELD at: Missing required value: at"));
    assertThat(
        decode("{\"at\":null,\"id\":null}").violations(),
        contains(
            "MISSING_FIELD at: Missing required value: at",
            "MISSING_FIELD id: Missing required value: id"));
    assertThat(decode("{}").rejected().violations().get(0).rule(), is("required: true"));
  }

  @Test
  void rejectsRepeatedFieldsWithoutCheckingThemAgain() {
    assertThat(
        decode(with("\"id\":\"b\",\"delay\":null,\"delay\":\"x\",\"at\":7")).violations(),
        contains(
            "REPEATED_FIELD id: Invalid id: \"b\" (expected a field only once)",
            "REPEATED_FIELD delay: Invalid delay: \"x\" (expected a field only once)",
            "REPEATED_FIELD at: Invalid at: 7 (expected a field only once)"));
  }

  @Test
  void rejectsUnknownFieldsIfTheContractSaysSo() {
    Decoded decoded = decode(with("\"x\\ny\":{\"a\":[1, 2]},\"Delay\":5"));
    assertThat(
        decoded.violations(),
        contains(
            "UNKNOWN_FIELD x\ny: Invalid x y: {\"a\":[1, 2]} (expected a known field)",
            "UNKNOWN_FIELD Delay: Invalid Delay: 5 (expected a known field)"));
    assertThat(decoded.rejected().violations().get(0).rule(), is("millrace.unknownFields: reject"));
  }

  @Test
  void listsNoMoreThanAThousandUnknownFields() {
    String members =
        IntStream.range(0, 5000).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
    List<String> violations = decode("{" + members + ",\"delay\":\"5\"}").violations();
    assertThat(violations.size(), is(1003));
    assertThat(
        violations.get(1000),
        is("WRONG_TYPE delay: Invalid delay: \"5\" (expected an integer of 64 bits)"));
  }

  @Test
  void keepsUnknownFieldsAsTheyCame() {
    Contract contract = Contracts.flights("keep");
    assertThat(
        passed(
            contract, "{\"b\" : [1, {\"c\":\"\\u00e9\"}],\"id\":\"x\"," + AT + ",\"a\":\"\\\"\"}"),
        hasValue("_unknown", "{\"b\" : [1, {\"c\":\"\\u00e9\"}],\"a\":\"\\\"\"}"));
    assertThat(
        passed(contract, with("\"_unknown\":null")), hasValue("_unknown", "{\"_unknown\":null}"));
    assertThat(passed(contract, with("\"day\":null")), hasValue("_unknown", null));
    assertThat(
        passed(contract, with("\"long\":\"" + "x".repeat(5000) + "\",\"z\":0")),
        hasValue("_unknown", "{\"long\":\"" + "x".repeat(5000) + "\",\"z\":0}"));
  }

  @Test
  void rejectsRepeatedFieldsAmongThoseThatAreKept() {
    assertThat(
        Decoded.of(Contracts.flights("keep"), with("\"x\":1,\"y\":2,\"\\u0078\":3")).violations(),
        contains("REPEATED_FIELD x: Invalid x: 3 (expected a field only once)"));
  }

  @Test
  void dropsUnknownFieldsIfTheContractSaysSo() {
    Contract contract = Contracts.flights("drop");
    Record record = passed(contract, with("\"x\":{\"a\":[]},\"x\":\"\\n\",\"delay\":5"));
    assertThat(record, equalTo(passed(contract, with("\"delay\":5"))));
    assertThat(record.schema().has("_unknown"), is(false));
  }

  @Test
  void collectsAllViolationsInTheOrderOfTheRecord() {
    Decoded decoded =
        decode(
            "{\"delay\":721,\"x\":1,\"at\":\"2001-01-15T07:30:00Z\",\"distance\":20000,"
                + "\"diverted\":0,\"delay\":1}");
    assertThat(
        decoded.rejected().violations().stream().map(Violation::reason).map(Enum::name).toList(),
        contains(
            "OUT_OF_RANGE",
            "UNKNOWN_FIELD",
            "OUT_OF_RANGE",
            "WRONG_TYPE",
            "REPEATED_FIELD",
            "MISSING_FIELD"));
    assertThat(decoded.rejected().eventTimeMillis(), is(OptionalLong.of(AT_MILLIS)));
    assertThat(decoded.rejected().stage(), is("decode"));
  }

  @Test
  void hasTheRulesOfTheContractChecked() {
    assertThat(
        decode("{\"id\":\"123456789\"," + AT + "}").rejected().violations().get(0).rule(),
        is("maxLength: 8"));
    assertThat(passed("{\"id\":\"ığüşöç😀8\"," + AT + "}"), hasValue("id", "ığüşöç😀8"));
  }

  @Test
  void keepsTheOriginalOfRejects() {
    String json = " {\"id\" : 7} ";
    Rejected rejected = decode(json).rejected();
    assertThat(
        rejected.raw(), is(new RawRecord("source", 100, json.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void cutsLongValuesInMessages() {
    assertThat(
        decode(with("\"delay\":\"" + "x".repeat(200) + "\"")).violations(),
        contains(
            "WRONG_TYPE delay: Invalid delay: \""
                + "x".repeat(79)
                + "... (expected an integer of 64 bits)"));
  }

  @ParameterizedTest
  @CsvSource({
    "date, day, \"2001-01-15\", , 2001-01-15T00:00:00Z",
    "string, when, \"2001-01-15T07:30:00+02:00\", , 2001-01-15T05:30:00Z",
    "string, when, \"15.01.2001 07:30\", dd.MM.yyyy HH:mm, 2001-01-15T07:30:00Z",
    "integer, ms, 979543800001, epochMillis, 2001-01-15T07:30:00.001Z",
    "integer, s, 979543800, epochSeconds, 2001-01-15T07:30:00Z",
    "timestamp, us, 979543800000999, epochMicros, 2001-01-15T07:30:00Z",
  })
  void readsTheEventTimeFromFieldsOfAllTypes(
      String type, String field, String value, String format, String expected) {
    String property = "  - {name: %s, logicalType: %s}\n".formatted(field, type);
    Contract contract =
        format == null
            ? Contracts.of(property, field)
            : Contracts.of(property, field, "millrace.eventTimeFormat: " + format);
    assertThat(passed(contract, "{\"" + field + "\":" + value + "}"), happenedAt(expected));
  }

  @Test
  void readsTheEventTimeBefore1970AsTheMillisecondBefore() {
    Contract contract = Contracts.of(Contracts.FLIGHTS, "at", "millrace.eventTimeMin: 1900-01-01");
    Record record = passed(contract, "{\"id\":\"a\",\"at\":\"1969-12-31T23:59:59.9999Z\"}");
    assertThat(record, happenedAt("1969-12-31T23:59:59.999Z"));
    assertThat(record, hasValue("delay", null));
  }
}
