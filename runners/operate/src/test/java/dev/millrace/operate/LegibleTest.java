package dev.millrace.operate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LegibleTest {
  @Test
  void showsTextAsItIs() {
    assertThat(shown("{\"name\":\t\"Zoë 東京 🙂\"}"), is("{\"name\":\t\"Zoë 東京 🙂\"}"));
  }

  @Test
  void namesWhatWouldNotBeSeenOrWouldDeceive() {
    assertThat(
        shown("\u0000a\u001b[31m\u202egnp\ufeff\u2028"),
        is("⟨U+0000⟩a⟨U+001B⟩[31m⟨U+202E⟩gnp⟨U+FEFF⟩⟨U+2028⟩"));
  }

  @Test
  void showsBytesThatAreNotUtf8InHex() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xf0, (byte) 0x9f, (byte) 0x99};
    assertThat(Legible.bytes(bytes, 80), is("a\\xff\\xc3b\\xf0\\x9f\\x99"));
  }

  @Test
  void refusesOverlongAndSurrogateForms() {
    byte[] bytes = {(byte) 0xc0, (byte) 0xaf, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
    assertThat(Legible.bytes(bytes, 80), is("\\xc0\\xaf\\xed\\xa0\\x80"));
  }

  @Test
  void cutsLongContentBetweenCharactersAndSaysItsSize() {
    assertThat(shown("🙂".repeat(100)), is("🙂".repeat(80) + " … (400 bytes in all)"));
    assertThat(Legible.text("é".repeat(81), 80), is("é".repeat(80) + " … (162 bytes in all)"));
    assertThat(Legible.text("é".repeat(80), 80), is("é".repeat(80)));
  }

  private static String shown(String text) {
    return Legible.bytes(text.getBytes(StandardCharsets.UTF_8), 80);
  }
}
