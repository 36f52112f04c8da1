package dev.millrace.io.avro;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects values in Avro's binary encoding (Avro 1.12, "Binary Encoding"). */
public final class AvroBytes extends OutputStream {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long limit;
  private byte[] array = new byte[1 << 12];
  private int length;

  /** Holds as many bytes as an array can. */
  public AvroBytes() {
    this(Integer.MAX_VALUE - Long.BYTES);
  }

  /** Holds no more than so many bytes. */
  public AvroBytes(long limit) {
    this.limit = limit;
  }

  /** The array whose first {@link #length()} bytes have been written, until the next is. */
  public byte[] array() {
    return array;
  }

  /** How many bytes have been written. */
  public int length() {
    return length;
  }

  /** Forgets all that was written, and keeps the array. */
  public void clear() {
    length = 0;
  }

  @Override
  public void write(int octet) {
    int at = forward(1); // first, as it may replace the array
    array[at] = (byte) octet;
  }

  @Override
  public void write(byte[] bytes, int start, int count) {
    int at = forward(count);
    System.arraycopy(bytes, start, array, at, count);
  }

  /** Writes an int or a long. */
  public void number(long value) {
    long bits = (value << 1) ^ (value >> 63);
    for (; (bits & ~0x7fL) != 0; bits >>>= 7) {
      write((int) (bits & 0x7f) | 0x80);
    }
    write((int) bits);
  }

  /** Writes a float. */
  public void float32(float value) {
    int at = forward(Float.BYTES);
    INTS.set(array, at, Float.floatToRawIntBits(value));
  }

  /** Writes a double. */
  public void float64(double value) {
    int at = forward(Double.BYTES);
    LONGS.set(array, at, Double.doubleToRawLongBits(value));
  }

  /** Writes bytes, or a string in UTF-8. */
  public void bytes(byte[] bytes, int start, int count) {
    number(count);
    write(bytes, start, count);
  }

  /** Writes bytes, or a string in UTF-8; the buffer is as it was. */
  public void bytes(ByteBuffer bytes) {
    int count = bytes.remaining();
    number(count);
    int at = forward(count);
    bytes.get(bytes.position(), array, at, count);
  }

  /** Writes the units of a decimal, in as few bytes as they need. */
  public void decimal(long units) {
    int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(units < 0 ? ~units : units);
    int count = (bits + 7) / 8;
    number(count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      write((int) (units >> shift));
    }
  }

  /** Makes room for so many bytes, and tells where they start. */
  private int forward(int bytes) {
    int at = length;
    long end = (long) length + bytes;
    if (end > array.length) {
      if (end > limit) {
        throw new IllegalStateException("more than %s bytes in one record".formatted(limit));
      }
      array = Arrays.copyOf(array, (int) Math.min(limit, Math.max(2L * array.length, end)));
    }
    length = (int) end;
    return at;
  }
}
