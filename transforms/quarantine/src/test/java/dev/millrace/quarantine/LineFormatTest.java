package dev.millrace.quarantine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.Envelope;
import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final QuarantineContext CONTEXT =
      new QuarantineContext("flights", "1.2.0", "ingest", "0.1.0");

  @Test
  void writesTheKeysInTheirOrder() {
    Rejected rejected =
        new Rejected(
            "decode",
            List.of(
                new Violation(
                    RejectReason.OUT_OF_RANGE,
                    "delay",
                    "maximum: 720",
                    "Found 1191, expected at most 720"),
                new Violation(RejectReason.MISSING_FIELD, "origin", "required", "Found no value")),
            raw("in/2001-01-01.ndjson.gz", 4096, "{\"delay\":1191}"),
            OptionalLong.of(978_348_420_000L));

    assertThat(
        encode(rejected),
        equalTo(
            """
            {"id":"f1f8cd4d9f1ec62c5ea2c1fac9e61587","stage":"decode","reason":"out_of_range",\
            "violations":[{"reason":"out_of_range","path":"delay","rule":"maximum: 720",\
            "message":"Found 1191, expected at most 720"},{"reason":"missing_field",\
            "path":"origin","rule":"required","message":"Found no value"}],\
            "source":"in/2001-01-01.ndjson.gz","offset":4096,\
            "eventTime":"2001-01-01T11:27:00Z","contract":"flights","contractVersion":"1.2.0",\
            "pipeline":"ingest","pipelineVersion":"0.1.0","original":"{\\"delay\\":1191}"}"""));
  }

  @Test
  void writesWhatAMessageHasBesideItsValue() throws IOException {
    Envelope envelope =
        Envelope.of(
            OptionalLong.of(978_348_420_123L),
            "k1".getBytes(UTF_8),
            List.of(
                new Envelope.Header("trace", new byte[] {(byte) 0xff}),
                new Envelope.Header("kind", "a".getBytes(UTF_8)),
                new Envelope.Header("none", null)));
    Rejected rejected = malformed(new RawRecord("events/0", 7, new byte[] {'x'}, envelope));

    assertThat(
        encode(rejected),
        endsWith(
            """
            "message":{"published":"2001-01-01T11:27:00.123Z","key":"k1","headers":[\
            {"name":"trace","valueBase64":"/w=="},{"name":"kind","value":"a"},{"name":"none"}]},\
            "original":"x"}"""));
    assertThat(decode(encode(rejected)), equalTo(rejected));
  }

  @Test
  void tellsNoValueFromAnEmptyOne() throws IOException {
    Envelope envelope = Envelope.ofTombstone(OptionalLong.empty(), new byte[] {-1}, List.of());
    Rejected rejected = malformed(new RawRecord("events/0", 7, new byte[0], envelope));

    assertThat(
        encode(rejected),
        endsWith("\"message\":{\"keyBase64\":\"/w==\",\"tombstone\":true},\"original\":\"\"}"));
    assertThat(decode(encode(rejected)), equalTo(rejected));
    Envelope bare = Envelope.of(OptionalLong.empty(), null, List.of());
    Rejected plain = malformed(new RawRecord("events/0", 7, new byte[0], bare));
    assertThat(encode(plain), containsString("\"message\":{},"));
    assertThat(decode(encode(plain)), equalTo(plain));
  }

  @Test
  void writesNullWhereTheEventTimeIsNotKnown() {
    assertThat(encode(malformed("x".getBytes(UTF_8))), containsString("\"eventTime\":null,"));
  }

  @Test
  void writesBytesThatAreNotUtf8AsBase64() {
    String line = encode(malformed(new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'}));

    assertThat(line, containsString("\"originalBase64\":\"e//+fQ==\"}"));
    assertThat(line, not(containsString("\"original\":")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00c3", "\u00f8\u0088\u0080"})
  void takesOverlongSurrogateAndTruncatedFormsForOtherThanUtf8(String latin1) throws IOException {
    Rejected rejected = malformed(latin1.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(encode(rejected), containsString("\"originalBase64\":"));
    assertThat(decode(encode(rejected)), equalTo(rejected));
  }

  @Test
  void escapesEveryCharacterThatHidesOrCommands() {
    String hostile = "\0\b\t\n\r\u001b[2J\u007f\u0085\u009b1m\u2028\u2029\u202e\ufeff\"\\";

    assertThat(
        encode(malformed(hostile.getBytes(UTF_8))),
        containsString(
            "\"original\":\"\\u0000\\b\\t\\n\\r\\u001B[2J\\u007F\\u0085\\u009B1m"
                + "\\u2028\\u2029\\u202E\\uFEFF\\\"\\\\\"}"));
  }

  @Test
  void leavesReadableCharactersOfAllScriptsAsTheyAre() {
    assertThat(encode(malformed("ığüş 東京 🚂".getBytes(UTF_8))), containsString("\"ığüş 東京 🚂\"}"));
  }

  @Test
  void writesValidJsonForAMessageCutInsideASurrogatePair() throws IOException {
    String cut = "Found " + "🚂".charAt(0);
    Rejected rejected =
        Rejected.of(
            "decode", new Violation(RejectReason.MALFORMED, "", "", cut), raw("in", 0, "🚂"));

    assertThat(decode(encode(rejected)).violations().get(0).message(), equalTo("Found ?"));
  }

  @ParameterizedTest
  @EnumSource(RejectReason.class)
  void readsBackEveryReason(RejectReason reason) throws IOException {
    Rejected rejected =
        Rejected.of("decode", new Violation(reason, "f", "rule", "message"), raw("in", 7, "{}"));

    assertThat(decode(encode(rejected)), equalTo(rejected));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 978_307_259_999L, Long.MIN_VALUE, Long.MAX_VALUE})
  void readsBackEveryEventTime(long millis) throws IOException {
    Rejected rejected =
        new Rejected(
            "dedup",
            List.of(new Violation(RejectReason.CONFLICTING_KEY, "id", "", "m")),
            raw("in", Long.MAX_VALUE, "{}"),
            OptionalLong.of(millis));

    assertThat(decode(encode(rejected)), equalTo(rejected));
  }

  @Test
  void readsBackAnyBytes() throws IOException {
    Random random = new Random(7);
    ObjectMapper strict = new ObjectMapper();
    for (int i = 0; i < 2_000; i++) {
      byte[] payload = new byte[random.nextInt(12)];
      for (int at = 0; at < payload.length; at++) {
        payload[at] = (byte) (i % 2 == 0 ? random.nextInt() : random.nextInt(0x80));
      }
      Rejected rejected = malformed(payload);
      String line = encode(rejected);
      assertThat(strict.readTree(line).size(), equalTo(12));
      assertThat(line.chars().anyMatch(c -> Character.isISOControl(c)), equalTo(false));
      assertThat(decode(line), equalTo(rejected));
    }
  }

  @Test
  void readsBackARecordLargerThanParsersTakeByDefault() throws IOException {
    Rejected rejected = malformed("x".repeat(20_000_001).getBytes(UTF_8));

    assertThat(decode(encode(rejected)).raw().payload().length, equalTo(20_000_001));
  }

  @Test
  void refusesALineThatIsNotJson() {
    assertThrows(JsonProcessingException.class, () -> LineFormat.decode("{\"id\":"));
  }

  @Test
  void refusesALineWithoutAValue() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> LineFormat.decode("{\"id\":\"a\"}"));

    assertThat(error.getMessage(), equalTo("Missing required value: violations"));
  }

  private static Rejected malformed(byte[] payload) {
    return malformed(new RawRecord("in.ndjson", 0, payload));
  }

  private static Rejected malformed(RawRecord raw) {
    return Rejected.of(
        "decode", new Violation(RejectReason.MALFORMED, "", "", "Expected '{' at byte 0"), raw);
  }

  private static RawRecord raw(String source, long offset, String payload) {
    return new RawRecord(source, offset, payload.getBytes(UTF_8));
  }

  private static String encode(Rejected rejected) {
    return new String(LineFormat.encode(QuarantinedRecord.of(rejected, CONTEXT)), UTF_8);
  }

  private static Rejected decode(String line) throws IOException {
    QuarantinedRecord quarantined = LineFormat.decode(line);
    assertThat(quarantined.context(), equalTo(CONTEXT));
    return quarantined.rejected();
  }
}
