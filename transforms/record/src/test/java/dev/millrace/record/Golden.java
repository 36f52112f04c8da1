package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.Coder.NonDeterministicException;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;

/** Bytes that a coder has to write and read for ever: running jobs restore from them. */
final class Golden {
  private Golden() {}

  /** Asserts that a value has these bytes, and is read back from them; spaces are for readers. */
  static <T> void assertCodes(Coder<T> coder, T value, String hex) {
    byte[] golden = HexFormat.of().parseHex(hex.replace(" ", ""));
    try {
      byte[] bytes = CoderUtils.encodeToByteArray(coder, value);
      assertThat(HexFormat.of().formatHex(bytes), is(HexFormat.of().formatHex(golden)));
      assertThat(CoderUtils.decodeFromByteArray(coder, golden), is(value));
      coder.verifyDeterministic();
    } catch (CoderException | NonDeterministicException e) {
      throw new AssertionError(e);
    }
    assertThat(SerializableUtils.clone(coder), is(coder));
    assertThat(coder.consistentWithEquals(), is(true));
  }

  /** Asserts that a value is read back as it was written. */
  static <T> void assertRoundTrip(Coder<T> coder, T value) {
    try {
      byte[] bytes = CoderUtils.encodeToByteArray(coder, value);
      assertThat(CoderUtils.decodeFromByteArray(coder, bytes), is(value));
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  /** The hex of a text of less than 128 bytes, as coders write it: its length, then UTF-8. */
  static String text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return "%02x".formatted(utf8.length) + HexFormat.of().formatHex(utf8);
  }
}
