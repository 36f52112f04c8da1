package dev.millrace.io.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/**
 * Collects values as Parquet's PLAIN encoding has them (Encodings.md): numbers little endian, text
 * after its length in four bytes.
 */
final class PlainBytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array = new byte[1 << 10];
  private int length;

  void int8(int value) {
    int at = forward(1); // first, as it may replace the array
    array[at] = (byte) value;
  }

  void int32(int value) {
    int at = forward(Integer.BYTES);
    INTS.set(array, at, value);
  }

  void int64(long value) {
    int at = forward(Long.BYTES);
    LONGS.set(array, at, value);
  }

  void text(byte[] bytes, int start, int count) {
    int32(count);
    raw(bytes, start, count);
  }

  void raw(byte[] bytes, int start, int count) {
    int at = forward(count);
    System.arraycopy(bytes, start, array, at, count);
  }

  /** An unsigned number in seven bits a byte, the lowest first. */
  void varInt(int value) {
    int rest = value;
    for (; (rest & ~0x7f) != 0; rest >>>= 7) {
      int8(rest | 0x80);
    }
    int8(rest);
  }

  private int forward(int count) {
    int at = length;
    if (array.length - at < count) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, Math.addExact(at, count)));
    }
    length = at + count;
    return at;
  }

  /** The array whose first {@link #size()} bytes were collected, until the next one is. */
  byte[] array() {
    return array;
  }

  int size() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** What was collected, not copied. */
  BytesInput input() {
    return BytesInput.from(array, 0, length);
  }
}
