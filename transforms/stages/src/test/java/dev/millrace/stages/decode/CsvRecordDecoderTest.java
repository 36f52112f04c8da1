package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.happenedAt;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.stages.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordDecoderTest {
  private static final String HEADER = "id,at,delay,distance,diverted,day";
  private static final String AT = "2001-01-15T07:30:00Z";

  @Test
  void readsAFieldOfEveryType() {
    Record record = passed("LAS-1,2001-01-15T07:30:00.5+01:00,-33,\"2176.5\",true,2001-01-15");
    assertThat(
        record,
        allOf(
            hasValue("id", "LAS-1"),
            hasValue("at", Instant.parse("2001-01-15T06:30:00.5Z")),
            hasValue("delay", -33L),
            hasValue("distance", 2176.5),
            hasValue("diverted", true),
            hasValue("day", LocalDate.parse("2001-01-15"))));
    assertThat(record, happenedAt("2001-01-15T06:30:00.5Z"));
  }

  @Test
  void takesNothingForNullAndQuotesForTheEmptyText() {
    Record record = passed("\"\"," + AT + ",,,,");
    assertThat(record, allOf(hasValue("id", ""), hasValue("delay", null), hasValue("day", null)));
    assertThat(
        violations("," + AT + ",,,,"), contains("MISSING_FIELD id: Missing required value: id"));
  }

  @Test
  void readsQuotedText() {
    assertThat(passed("\"a,\"\"\r\n\"," + AT + ",,,,"), hasValue("id", "a,\"\r\n"));
    assertThat(passed("\"\"\"\"\"\"," + AT + ",,,,"), hasValue("id", "\"\""));
  }

  @Test
  void keepsSeveralTextsWithDoubledQuotesApart() {
    Contract contract =
        Contracts.of(
            """
              - {name: a, logicalType: string}
              - {name: at, logicalType: timestamp}
              - {name: b, logicalType: string}
            """,
            "at");
    String a = "\"\"".repeat(200);
    Decoded decoded = decode(contract, "a,at,b", "\"%s\",%s,\"x\"\"y\"".formatted(a, AT));
    assertThat(decoded.passed(), allOf(hasValue("a", "\"".repeat(200)), hasValue("b", "x\"y")));
  }

  @Test
  void findsColumnsByTheirNamesInAnyOrder() {
    Decoded decoded = decode(Contracts.flights(), "at,\"id\"", AT + ",a");
    assertThat(decoded.passed(), allOf(hasValue("id", "a"), hasValue("delay", null)));
  }

  @Test
  void knowsTheColumnsOfEachHeader() {
    CsvRecordDecoder decoder = new CsvRecordDecoder(Contracts.flights());
    Decoded first = Decoded.of(decoder, block("id,at", "a," + AT));
    Decoded second = Decoded.of(decoder, block("at,id", AT + ",b"));
    assertThat(first.passed(), hasValue("id", "a"));
    assertThat(second.passed(), hasValue("id", "b"));
  }

  @Test
  void takesTheCharactersOfTheDialect() {
    CsvHeader header = new CsvHeader(new CsvDialect('\t', '\''), utf8("id\tat"));
    RawBlock block = RawBlock.ofLines("f", "'a\t''\"'\t" + AT).withHeader(header);
    Decoded decoded = Decoded.of(new CsvRecordDecoder(Contracts.flights()), block);
    assertThat(decoded.passed(), hasValue("id", "a\t'\""));
  }

  /** One row for each of the table in {@link DecodeRecords}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delay | \"12\" | 12",
        "delay | 007 | WRONG_TYPE",
        "distance | 007 | WRONG_TYPE",
        "id | 007 | 007",
        "delay | 1e3 | WRONG_TYPE",
        "delay | 1.0 | WRONG_TYPE",
        "distance | 1e3 | 1000.0",
        "distance | 1.0 | 1.0",
        "distance | NaN | WRONG_TYPE",
        "distance | 1e999 | WRONG_TYPE",
        "delay | -0 | 0",
        "distance | -0 | 0.0",
        "delay | 9223372036854775808 | WRONG_TYPE",
        "distance | -9223372036854775808 | -9.223372036854776E18",
        "delay | \"\" | WRONG_TYPE",
        "distance | \"\" | WRONG_TYPE",
        "diverted | \"\" | WRONG_TYPE",
        "day | \"\" | WRONG_TYPE",
        "diverted | false | false",
        "diverted | TRUE | WRONG_TYPE",
        "delay | ` 1` | WRONG_TYPE",
        "delay | +1 | WRONG_TYPE",
        "delay | - | WRONG_TYPE",
        "id | ` a ` | ` a `",
        "day | 2001-02-30 | WRONG_TYPE",
        "at | soon | INVALID_EVENT_TIME",
      })
  void readsAValueAsTheTypeOfItsField(String field, String text, String expected) {
    String others = field.equals("id") ? AT : field.equals("at") ? "a" : "a," + AT;
    String names = field.equals("id") ? "at" : field.equals("at") ? "id" : "id,at";
    Decoded decoded = decode(Contracts.flights(), names + "," + field, others + "," + text);
    String found =
        decoded.passed() == null
            ? decoded.rejected().reason().name()
            : String.valueOf(decoded.passed().value(field));
    assertThat(found, equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | Expected 2 columns, found 1, the last ending at byte 1",
        "a,b,c | Expected 2 columns, found 3, the last ending at byte 5",
        "a,b, | Expected 2 columns, found 3, the last ending at byte 4",
        "a\"b,c | Quote inside of a field that is not quoted at byte 1",
        "a,\"b,c | Unclosed quote at byte 2",
        "a,\"b\"\" | Unclosed quote at byte 2",
        "\"a\"b,c | Expected a delimiter after the quotes at byte 3",
      })
  void rejectsWhatIsNotCsvForItsFirstPlace(String record, String message) {
    Decoded decoded = decode(Contracts.flights(), "id,at", record);
    assertThat(decoded.violations(), contains("MALFORMED : " + message));
    assertThat(
        new String(decoded.rejected().raw().payload(), StandardCharsets.UTF_8), equalTo(record));
  }

  @Test
  void takesControlCharactersForText() {
    assertThat(passed("\0\r\t," + AT + ",,,,"), hasValue("id", "\0\r\t"));
  }

  @Test
  void rejectsWhatIsNotUtf8() {
    for (byte[] wrong : new byte[][] {{(byte) 0xff}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
      byte[] record = ("12345678," + AT + "   ").getBytes(StandardCharsets.UTF_8);
      System.arraycopy(wrong, 0, record, 2, wrong.length);
      RawBlock block =
          RawBlock.of(new RawRecord("f", 10, record))
              .withHeader(new CsvHeader(CsvDialect.RFC_4180, utf8("id,at")));
      Decoded decoded = Decoded.of(new CsvRecordDecoder(Contracts.flights()), block);
      assertThat(decoded.violations(), contains("MALFORMED : Invalid UTF-8 at byte 2"));
    }
  }

  @Test
  void rejectsAllRecordsOfAMalformedHeader() {
    assertThat(
        decode(Contracts.flights(), "id,\"at", "a,b").violations(),
        contains("MALFORMED : Malformed header: Unclosed quote at byte 3"));
  }

  @Test
  void handlesUnknownColumnsAsTheContractSays() {
    String header = "id,at,x,\"q\"\"\"";
    String record = "a," + AT + ",\"1\n\",";
    assertThat(
        decode(Contracts.flights("reject"), header, record).violations(),
        contains(
            "UNKNOWN_FIELD x: Invalid x: 1  (expected a known field)",
            "UNKNOWN_FIELD q\": Invalid q\":  (expected a known field)"));
    assertThat(decode(Contracts.flights("drop"), header, record).violations(), empty());
    assertThat(
        decode(Contracts.flights("keep"), header, record).passed(),
        hasValue("_unknown", "{\"x\":\"1\\u000a\",\"q\\\"\":null}"));
  }

  @Test
  void rejectsAColumnThatIsThereTwice() {
    assertThat(
        decode(Contracts.flights(), "id,at,id", "a," + AT + ",b").violations(),
        contains("REPEATED_FIELD id: Invalid id: b (expected a field only once)"));
  }

  @Test
  void givesOffsetsAndOriginalsOfEachRecord() {
    RawBlock block =
        RawBlock.ofLines("f", "a," + AT, "b," + AT)
            .withHeader(new CsvHeader(CsvDialect.RFC_4180, utf8("id,at")));
    CsvRecordDecoder decoder = new CsvRecordDecoder(Contracts.flights());
    assertThat(decoder.read(block, 1), is(true));
    assertThat(decoder.recordWithOriginal().offset(), is(23L));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RawBlock block(String header, String record) {
    return RawBlock.of(new RawRecord("f", 100, utf8(record)))
        .withHeader(new CsvHeader(CsvDialect.RFC_4180, utf8(header)));
  }

  private static Decoded decode(Contract contract, String header, String record) {
    return Decoded.of(new CsvRecordDecoder(contract), block(header, record));
  }

  private static Record passed(String record) {
    Decoded decoded = decode(Contracts.flights(), HEADER, record);
    assertThat(record, decoded.violations(), empty());
    return decoded.passed();
  }

  private static List<String> violations(String record) {
    return decode(Contracts.flights(), HEADER, record).violations();
  }
}
