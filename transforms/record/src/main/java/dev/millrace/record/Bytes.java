package dev.millrace.record;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.util.VarInt;

/** What the coders share: lengths as variable-length integers, longs in eight bytes, UTF-8. */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static void writeLong(long value, OutputStream out) throws IOException {
    byte[] bytes = new byte[8];
    LONGS.set(bytes, 0, value);
    out.write(bytes, 0, 8);
  }

  static long readLong(InputStream in) throws IOException {
    return (long) LONGS.get(read(8, in), 0);
  }

  static long longAt(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
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
      throw new EOFException(
          "Cannot decode %s bytes: the stream ends after %s".formatted(length, read));
    }
    return bytes;
  }
}
