package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.Record;
import dev.millrace.record.RejectReason;
import dev.millrace.stages.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damaged records: none is accepted that another parser finds malformed, none is malformed that it
 * reads, and what is accepted has the values that it reads.
 */
class MutatedJsonTest {
  private static final List<byte[]> RECORDS =
      utf8(
          """
          {"id":"a","at":"2001-01-15T07:30:00Z","delay":12,"distance":1e2,"diverted":true,"day":"2001-01-15"}
          { "id" : "é\\n\\u00e9" , "at" : "2001-01-15T07:30:00+01:00" , "delay" : null }
          {"at":"2001-01-15T07:30:00.123456Z","id":"","other":{"a":[1,{"b":null}],"c":"x"},"distance":-0.0}
          {"id":"😀","at":"1999-12-31T23:59:59Z","delay":-120,"distance":9999.999999999,"diverted":false}
          """
              .lines());

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "\\ud83d\\ude00",
          "\\x",
          "null",
          "true",
          "nul",
          "NaN",
          "Infinity",
          "-0",
          "01",
          "1.",
          ".5",
          "1e999",
          "-1e-999",
          "9223372036854775807",
          "9223372036854775808",
          "1.0",
          "1e0",
          "\u0000",
          "\u2028",
          "\ufeff",
          "\"id\":\"b\",",
          "\"at\":1,",
          "\"x\":[[[[[[[[",
          "\t",
          "\n",
          "//",
          "'");

  /**
   * Strict but for duplicate names, which are rejected here for that reason and not as malformed.
   */
  private final ObjectMapper jackson =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonRecordDecoder decoder = new JsonRecordDecoder(Contracts.flights("keep"));

  @Test
  void agreesWithJacksonOnWhatIsJson() throws IOException {
    Mutations mutations = new Mutations(20010115, TOKENS);
    int accepted = 0;
    int malformed = 0;
    for (int i = 0; i < Mutations.cases(20_000); i++) {
      byte[] json = mutations.of(RECORDS);
      Decoded decoded = Decoded.of(decoder, json);
      JsonNode tree = isUtf8(json) && !hasLoneSurrogate(json) ? read(json) : null;
      String shown = new String(json, StandardCharsets.UTF_8);
      if (decoded.passed() != null) {
        accepted++;
        assertThat("accepted: " + shown, tree != null && tree.isObject(), is(true));
        assertAgrees(shown, decoded.passed(), tree);
      } else {
        boolean isMalformed = decoded.rejected().reason() == RejectReason.MALFORMED;
        malformed += isMalformed ? 1 : 0;
        assertThat(shown + decoded.violations(), isMalformed, is(tree == null || !tree.isObject()));
      }
    }
    assertThat(accepted, greaterThan(500));
    assertThat(malformed, greaterThan(5000));
  }

  private static void assertAgrees(String json, Record record, JsonNode tree) {
    assertThat(json, record.value("id"), is(tree.path("id").textValue()));
    Object delay = record.value("delay");
    assertThat(json, delay == null, is(tree.path("delay").isNull() || !tree.has("delay")));
    if (delay != null) {
      assertThat(json, delay, is(tree.path("delay").longValue()));
    }
    Object distance = record.value("distance");
    if (distance != null) {
      assertThat(json, distance, is(tree.path("distance").doubleValue() + 0.0));
    }
  }

  /** A byte order mark is skipped at the start of a source only, which these are not. */
  private JsonNode read(byte[] json) throws IOException {
    try {
      return json.length > 0 && json[0] == (byte) 0xef ? null : jackson.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Jackson reads half a pair, which no UTF-8 can be made of. */
  private boolean hasLoneSurrogate(byte[] json) throws IOException {
    StringBuilder texts = new StringBuilder();
    try (JsonParser parser = jackson.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        texts.append(parser.getText()).append(' ');
      }
    } catch (JacksonException e) {
      return false;
    }
    return !StandardCharsets.UTF_8.newEncoder().canEncode(texts);
  }

  private static List<byte[]> utf8(Stream<String> lines) {
    return Arrays.asList(
        lines.map(line -> line.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }
}
