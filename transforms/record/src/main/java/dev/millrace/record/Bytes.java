package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.util.VarInt;

/** What the coders share: lengths as variable-length integers, longs in eight bytes, UTF-8. */
final class Bytes {
  private Bytes() {}

  static void writeLong(long value, OutputStream out) throws IOException {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  static long readLong(InputStream in) throws IOException {
    byte[] bytes = read(8, in);
    long value = 0;
    for (byte b : bytes) {
      value = (value << 8) | (b & 0xff);
    }
    return value;
  }

  static void writeBytes(byte[] bytes, OutputStream out) throws IOException {
    VarInt.encode(bytes.length, out);
    out.write(bytes, 0, bytes.length);
  }

  static byte[] readBytes(InputStream in) throws IOException {
    return read(VarInt.decodeInt(in), in);
  }

  static void writeString(String text, OutputStream out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String readString(InputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static byte[] read(int length, InputStream in) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    if (read < length) {
      throw new java.io.EOFException(
          "Cannot decode %d bytes: the stream ends after %d".formatted(length, read));
    }
    return bytes;
  }
}
