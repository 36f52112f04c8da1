package dev.millrace.io.blocks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NewlinesTest {

  @Test
  void findsANewlineWhereverItIs() {
    for (int from = 0; from < 9; from++) {
      for (int at = from; at < 40; at++) {
        byte[] bytes = new byte[40];
        Arrays.fill(bytes, (byte) 0x0b);
        bytes[at] = '\n';
        assertThat(Newlines.find(bytes, from, 40), is(at));
      }
    }
  }

  @Test
  void findsTheFirstOfSeveral() {
    byte[] bytes = "0123456\n\n\n0123456\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Newlines.find(bytes, 0, bytes.length), is(7));
    assertThat(Newlines.find(bytes, 8, bytes.length), is(8));
    assertThat(Newlines.find(bytes, 10, bytes.length), is(17));
  }

  @Test
  void takesNoOtherByteForANewline() {
    for (int other = 0; other < 256; other++) {
      byte[] bytes = new byte[24];
      Arrays.fill(bytes, (byte) other);
      assertThat("byte " + other, Newlines.find(bytes, 0, 24), is(other == '\n' ? 0 : -1));
    }
  }

  @Test
  void looksNoFurtherThanAsked() {
    byte[] bytes = new byte[16];
    bytes[9] = '\n';
    assertThat(Newlines.find(bytes, 0, 9), is(-1));
    assertThat(Newlines.find(bytes, 10, 16), is(-1));
  }
}
