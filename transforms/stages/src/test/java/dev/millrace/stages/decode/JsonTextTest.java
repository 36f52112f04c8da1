package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
  private final JsonText text = new JsonText();

  private String read(String json) throws MalformedJson {
    byte[] in = json.getBytes(StandardCharsets.UTF_8);
    assertThat(json, text.read(in, 0, in.length), is(in.length));
    return text.toString();
  }

  @Test
  void readsTextsOfAnyLengthAtAnyPlace() throws MalformedJson {
    for (int before = 0; before < 9; before++) {
      for (int length = 0; length < 40; length++) {
        String value = "abcdefghijklmnopqrstuvwxyz0123456789 ,:{}[]".substring(0, length);
        byte[] in = (" ".repeat(before) + '"' + value + "\"!\"").getBytes(StandardCharsets.UTF_8);
        int end = text.read(in, before, in.length);
        assertThat(end, is(before + length + 2));
        assertThat(text.toString(), is(value));
        assertThat(text.array(), sameInstance(in));
      }
    }
  }

  @Test
  void readsCharactersOfAllWidths() throws MalformedJson {
    assertThat(read("\"aé漢😀\u007f\u0080\u07ff\u0800\uffff\"").length(), is(10));
    assertThat(read("\"İstanbul ığüşöç\""), is("İstanbul ığüşöç"));
  }

  @Test
  void readsEscapes() throws MalformedJson {
    assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), is("\"\\/\b\f\n\r\t"));
    assertThat(read("\"a\\u0041\\u00e9\\u6F22\\ud83d\\ude00z\""), is("aAé漢😀z"));
    assertThat(read("\"\\u0000\""), is("\0"));
    assertThat(
        read("\"\\uFFFF\\ud800\\udc00\\uDBFF\\uDFFF\""), is("\uffff\ud800\udc00\udbff\udfff"));
  }

  @Test
  void keepsUnescapedTextsUntilCleared() throws MalformedJson {
    read("\"\\n first\"");
    byte[] array = text.array();
    int start = text.start();
    int length = text.length();
    read("\"" + "\\t second".repeat(1000) + "\"");
    assertThat(text.length(), is(8000));
    assertThat(new String(array, start, length, StandardCharsets.UTF_8), is("\n first"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, Expected '\"', 3",
    "abcdefghij, Expected '\"', 10",
    "\\, Expected an escape, 1",
    "ab\\x\", Invalid escape, 2",
    "ab\\U0041\", Invalid escape, 2",
    "\\u12\", Invalid escape, 0",
    "\\u12G4\", Invalid escape, 0",
    "\\u+123\", Invalid escape, 0",
    "\\u١٢٣٤\", Invalid escape, 0",
    "a\\ud83d\", Lone surrogate, 1",
    "a\\ud83dx\", Lone surrogate, 1",
    "a\\ud83d\\n\", Invalid escape, 7",
    "a\\ud83d\\u0041\", Lone surrogate, 1",
    "a\\ude00\\ud83d\", Lone surrogate, 1",
  })
  void rejectsWhatIsNoString(String rest, String message, int position) {
    MalformedJson malformed = assertThrows(MalformedJson.class, () -> read('"' + rest));
    assertThat(malformed.getMessage(), is(message.replace("''", "'")));
    assertThat(malformed.position(), is(position + 1));
  }

  @Test
  void rejectsEveryControlCharacterAtEveryPlace() {
    for (char c = 0; c < ' '; c++) {
      for (int place = 0; place < 20; place++) {
        String json = '"' + "x".repeat(place) + c + "x".repeat(20) + '"';
        MalformedJson malformed = assertThrows(MalformedJson.class, () -> read(json));
        assertThat(malformed.getMessage(), is("Unescaped control character"));
        assertThat(malformed.position(), is(place + 1));
      }
    }
  }

  @Test
  void agreesWithTheJdkOnWhatIsUtf8() {
    Random random = new Random(7);
    byte[] edges = {
      0x22,
      0x41,
      0x7f,
      (byte) 0x80,
      (byte) 0x8f,
      (byte) 0x90,
      (byte) 0x9f,
      (byte) 0xa0,
      (byte) 0xbf,
      (byte) 0xc0,
      (byte) 0xc1,
      (byte) 0xc2,
      (byte) 0xdf,
      (byte) 0xe0,
      (byte) 0xe1,
      (byte) 0xec,
      (byte) 0xed,
      (byte) 0xee,
      (byte) 0xef,
      (byte) 0xf0,
      (byte) 0xf1,
      (byte) 0xf3,
      (byte) 0xf4,
      (byte) 0xf5,
      (byte) 0xff
    };
    int valid = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] content = new byte[random.nextInt(1, 6)];
      for (int j = 0; j < content.length; j++) {
        content[j] = edges[random.nextInt(1, edges.length)];
      }
      boolean expected = isUtf8(content);
      assertThat(isRead(content), is(expected));
      valid += expected ? 1 : 0;
    }
    assertThat(valid > 300, is(true));
  }

  private boolean isRead(byte[] content) {
    byte[] in = ByteBuffer.allocate(content.length + 2).put((byte) '"').put(content).array();
    in[in.length - 1] = '"';
    try {
      return text.read(in, 0, in.length) == in.length;
    } catch (MalformedJson e) {
      assertThat(e.getMessage(), is("Invalid UTF-8"));
      return false;
    }
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
