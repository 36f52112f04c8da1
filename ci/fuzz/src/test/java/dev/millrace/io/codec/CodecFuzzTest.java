package dev.millrace.io.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A compressed file: decoded, or refused in one line. */
class CodecFuzzTest {
  private static final long MAX_BYTES = 4L << 20;

  @FuzzTest(maxDuration = "2m")
  void isDecodedOrRefusedInOneLine(byte[] file) throws IOException {
    Codec codec = Codec.of(Arrays.copyOf(file, Math.min(file.length, Codec.MAGIC_BYTES)));
    byte[] buffer = new byte[8192];
    try (InputStream in = codec.decode(new ByteArrayInputStream(file), "f")) {
      long decoded = 0;
      for (int read = in.read(buffer); read >= 0 && decoded < MAX_BYTES; read = in.read(buffer)) {
        decoded += read;
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().startsWith("Cannot read f: "), e.getMessage());
      assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }
  }
}
