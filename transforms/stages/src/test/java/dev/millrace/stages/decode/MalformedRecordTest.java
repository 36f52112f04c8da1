package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedRecordTest {
  private static final String VALID =
      " {\"id\":\"LAS-1\\u00e9\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":-33,\"distance\":2.5e3,"
          + "\"diverted\":false,\"day\":null,\"x\":[{\"a\":[true,\"é😀\"]},{},[]]}";

  private final JsonRecordDecoder decoder = new JsonRecordDecoder(Contracts.flights("keep"));

  private List<String> violations(String json) {
    return violations(json.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> violations(byte[] json) {
    return Decoded.of(decoder, json).violations();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|Expected '{' at byte 0",
        "`  `|Expected '{' at byte 2",
        "null|Expected '{' at byte 0",
        "[{}]|Expected '{' at byte 0",
        "\"{}\"|Expected '{' at byte 0",
        "{|Expected '\"' at byte 1",
        "{id:1}|Expected '\"' at byte 1",
        "{'id':1}|Expected '\"' at byte 1",
        "{1:1}|Expected '\"' at byte 1",
        "{\"id\"}|Expected ':' at byte 5",
        "{\"nope\" 1}|Expected ':' at byte 8",
        "{\"delay\"=1}|Expected ':' at byte 8",
        "{\"delay\":}|Expected a value at byte 9",
        "{\"delay\":|Expected a value at byte 9",
        "{\"delay\":1|Expected ',' or '}' at byte 10",
        "{\"delay\":1,|Expected '\"' at byte 11",
        "{\"delay\":1,}|Expected '\"' at byte 11",
        "{\"delay\":1,,\"id\":\"a\"}|Expected '\"' at byte 11",
        "{,\"delay\":1}|Expected '\"' at byte 1",
        "{\"delay\":1 \"id\":\"a\"}|Expected ',' or '}' at byte 11",
        "{\"delay\":1]|Expected ',' or '}' at byte 10",
        "{} {}|Expected the end of the record at byte 3",
        "{},|Expected the end of the record at byte 2",
        "{}x|Expected the end of the record at byte 2",
        "{\"delay\":01}|Leading zero at byte 9",
        "{\"delay\":-}|Expected a digit at byte 10",
        "{\"delay\":+1}|Expected a value at byte 9",
        "{\"delay\":.5}|Expected a value at byte 9",
        "{\"delay\":1.}|Expected a digit at byte 11",
        "{\"delay\":0x1F}|Expected ',' or '}' at byte 10",
        "{\"delay\":NaN}|Expected a value at byte 9",
        "{\"delay\":Infinity}|Expected a value at byte 9",
        "{\"delay\":-Infinity}|Expected a digit at byte 10",
        "{\"diverted\":True}|Expected a value at byte 12",
        "{\"diverted\":tru}|Expected a value at byte 12",
        "{\"diverted\":truee}|Expected ',' or '}' at byte 16",
        "{\"diverted\":nul}|Expected a value at byte 12",
        "{\"id\":'a'}|Expected a value at byte 6",
        "{\"id\":\"a|Expected '\"' at byte 8",
        "{\"id\":\"a\\q\"}|Invalid escape at byte 8",
        "{\"id\":\"\\udc00\"}|Lone surrogate at byte 7",
        "{\"a\":[1,]}|Expected a value at byte 8",
        "{\"a\":[1 2]}|Expected ',' or ']' at byte 8",
        "{\"a\":[1}}|Expected ',' or ']' at byte 7",
        "{\"a\":{\"b\":1,}}|Expected '\"' at byte 12",
        "{\"a\":{\"b\" 1}}|Expected ':' at byte 10",
        "{\"a\":{1:1}}|Expected '\"' at byte 6",
        "{\"a\":[\"\\x\"]}|Invalid escape at byte 7",
        "{} // done|Expected the end of the record at byte 3",
        "{\"delay\":/**/1}|Expected a value at byte 9",
      })
  void rejectsWhatIsNotJson(String json, String message) {
    assertThat(violations(json), contains("MALFORMED : " + message));
  }

  @Test
  void rejectsControlCharactersInTexts() {
    assertThat(
        violations("{\"id\":\"a\nb\"}"),
        contains("MALFORMED : Unescaped control character at byte 8"));
    assertThat(violations("{\0}"), contains("MALFORMED : Expected '\"' at byte 1"));
  }

  @Test
  void rejectsWhatIsNotUtf8() {
    byte[] latin1 = "{\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(violations(latin1), contains("MALFORMED : Invalid UTF-8 at byte 10"));
    byte[] utf16 = "{\"id\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(violations(utf16), contains("MALFORMED : Expected '\"' at byte 1"));
  }

  @Test
  void saysNothingElseOfAMalformedRecord() {
    Decoded decoded =
        Decoded.of(decoder, bytes("{\"at\":\"2001-01-15T07:30:00Z\",\"delay\":\"x\""));
    assertThat(decoded.violations(), contains("MALFORMED : Expected ',' or '}' at byte 40"));
    assertThat(decoded.rejected().eventTimeMillis().isPresent(), is(false));
    Violation violation = decoded.rejected().violations().get(0);
    assertThat(violation.path() + violation.rule(), is(""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void followsNestingToItsLimit() {
    String record = "{\"id\":\"a\",\"at\":\"2001-01-15T07:30:00Z\",\"x\":%s}";
    assertThat(violations(record.formatted(nested("[", "]", 200))), empty());
    assertThat(violations(record.formatted(nested("{\"a\":", "}", 199))), empty());
    assertThat(
        violations(record.formatted(nested("[", "]", 201))),
        contains("MALFORMED : Nested deeper than 200 levels at byte 242"));
    assertThat(
        violations("{\"x\":" + "[".repeat(1_000_000)),
        contains("MALFORMED : Nested deeper than 200 levels at byte 205"));
  }

  private static String nested(String open, String close, int levels) {
    return open.repeat(levels) + (open.endsWith(":") ? "[]" : "") + close.repeat(levels);
  }

  @Test
  void rejectsAValidRecordCutAnywhere() {
    byte[] valid = bytes(VALID);
    assertThat(violations(valid), empty());
    for (int length = 0; length < valid.length; length++) {
      Decoded decoded = Decoded.of(decoder, Arrays.copyOf(valid, length));
      assertThat(decoded.violations().toString(), decoded.violations().size(), is(1));
      assertThat(decoded.rejected().reason(), is(RejectReason.MALFORMED));
    }
  }

  @Test
  void neverThrowsOnRandomBytes() {
    Random random = new Random(42);
    byte[] letters = bytes("{}[]:,\"\\untrue falsE-+.0123456789 \"id\"at\"delay\"\n\0\u00e9😀");
    for (int i = 0; i < 100_000; i++) {
      byte[] json = new byte[random.nextInt(40)];
      for (int j = 0; j < json.length; j++) {
        json[j] = letters[random.nextInt(letters.length)];
      }
      if (json.length > 0 && random.nextInt(4) > 0) {
        json[0] = '{';
      }
      assertThat(violations(json).size(), greaterThan(0));
      random.nextBytes(json);
      assertThat(violations(json).size(), is(1));
    }
  }

  @Test
  void neverThrowsOnAValidRecordWithDamage() {
    Random random = new Random(43);
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] json = bytes(VALID);
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      }
      passed += violations(json).isEmpty() ? 1 : 0;
    }
    assertThat(passed, greaterThan(1000));
    assertThat(passed, lessThan(90_000));
  }

  @Test
  void staysWithinTheRecord() {
    String record = "{\"id\":\"a\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":12";
    byte[] block = bytes(record + "3}\"\"\"\"\"\"\"\"");
    byte[] cut = Arrays.copyOf(block, record.length());
    assertThat(
        violations(cut),
        is(Collections.singletonList("MALFORMED : Expected ',' or '}' at byte 48")));
    assertThat(
        Decoded.of(
                decoder,
                RawBlock.of("source", 1, block, new int[] {0}, new int[] {record.length()}))
            .violations()
            .toString(),
        containsString("Expected ',' or '}' at byte 48"));
  }
}
