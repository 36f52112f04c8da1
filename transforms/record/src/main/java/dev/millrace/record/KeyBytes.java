package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The values of some fields of a record as one range of bytes, to be hashed, compared and grouped
 * by: equal values give equal bytes, different values different ones, and null is a value.
 *
 * <p>Reads one record after the other into one array. Not thread-safe; meant to be kept and reused.
 *
 * <p>Format: for each field 0 for null, or 1 and then the slot (8 bytes, little endian) or, for
 * text, objects and arrays, their length (4 bytes) and bytes.
 */
public final class KeyBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LARGEST_PREFIX = 1 + 8;

  private final int[] fields;
  private final boolean[] texts;
  private byte[] array = new byte[64];
  private int length;

  private KeyBytes(int[] fields, boolean[] texts) {
    this.fields = fields;
    this.texts = texts;
  }

  /**
   * A reader of these fields, in this order.
   *
   * @throws IllegalArgumentException if the schema lacks one of them; the message lists those there
   *     are
   */
  public static KeyBytes of(RecordSchema schema, List<String> fields) {
    int[] indexes = schema.indexes(fields);
    boolean[] texts = new boolean[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      texts[i] = schema.field(indexes[i]).type().isApart();
    }
    return new KeyBytes(indexes, texts);
  }

  /** Reads a record's values into {@link #array()}, over those of the record before it. */
  public void read(Record record) {
    length = 0;
    for (int i = 0; i < fields.length; i++) {
      int field = fields[i];
      boolean present = !record.isNull(field);
      int textLength = present && texts[i] ? record.textLength(field) : 0;
      reserve(LARGEST_PREFIX + textLength);
      array[length++] = (byte) (present ? 1 : 0);
      if (!present) {
        continue;
      }
      if (texts[i]) {
        INTS.set(array, length, textLength);
        System.arraycopy(record.array(), record.textStart(field), array, length + 4, textLength);
        length += 4 + textLength;
      } else {
        LONGS.set(array, length, record.longAt(field));
        length += 8;
      }
    }
  }

  /** Sets the first fields of a builder, which have the types of the fields, from a key's bytes. */
  public void restore(byte[] key, RecordBuilder builder) {
    int at = 0;
    for (int i = 0; i < fields.length; i++) {
      if (key[at++] == 0) {
        continue;
      }
      if (texts[i]) {
        int textLength = (int) INTS.get(key, at);
        builder.setText(i, key, at + 4, textLength);
        at += 4 + textLength;
      } else {
        builder.setLong(i, (long) LONGS.get(key, at));
        at += 8;
      }
    }
  }

  /** The array whose first {@link #length()} bytes are the last record's: to be read only. */
  public byte[] array() {
    return array;
  }

  /** How many bytes the last record's values take. */
  public int length() {
    return length;
  }

  /** A copy of the last record's bytes. */
  public byte[] copy() {
    return Arrays.copyOf(array, length);
  }

  private void reserve(int bytes) {
    if (length + bytes > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + bytes));
    }
  }
}
