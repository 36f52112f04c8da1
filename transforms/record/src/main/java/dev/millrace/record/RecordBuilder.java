package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Builds {@link Record}s, one after the other, from values set in any order.
 *
 * <p>Text is taken by reference and copied once, by {@link #build}: the arrays given must stay as
 * they are until then. Not thread-safe; meant to be kept and reused. A field that was not set is
 * null.
 */
public final class RecordBuilder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RecordSchema schema;
  private final boolean[] set;
  private final long[] slots;
  private final byte[][] texts;
  private final int[] textStarts;

  /** A builder of records of this schema, with no field set. */
  public RecordBuilder(RecordSchema schema) {
    this.schema = schema;
    this.set = new boolean[schema.size()];
    this.slots = new long[schema.size()];
    this.texts = new byte[schema.size()][];
    this.textStarts = new int[schema.size()];
  }

  /** Forgets all values, to begin the next record. */
  public RecordBuilder clear() {
    Arrays.fill(set, false);
    return this;
  }

  /** Whether a value was set since the last {@link #clear()}. */
  public boolean isSet(int field) {
    return set[field];
  }

  /** Sets an INTEGER, a DATE in days or a TIMESTAMP in microseconds since 1970. */
  public RecordBuilder setLong(int field, long value) {
    set[field] = true;
    slots[field] = value;
    texts[field] = null;
    return this;
  }

  /** Sets a NUMBER; -0.0 becomes 0.0. */
  public RecordBuilder setDouble(int field, double value) {
    return setLong(field, Double.doubleToLongBits(value + 0.0));
  }

  /** Sets a BOOLEAN. */
  public RecordBuilder setBoolean(int field, boolean value) {
    return setLong(field, value ? 1 : 0);
  }

  /** Sets a STRING from UTF-8 bytes, which are copied when the record is built. */
  public RecordBuilder setText(int field, byte[] array, int start, int length) {
    set[field] = true;
    slots[field] = length;
    texts[field] = array;
    textStarts[field] = start;
    return this;
  }

  /** Sets a field that another record of the same type at that field has a value or null for. */
  public RecordBuilder setFrom(int field, Record other, int otherField) {
    if (other.isNull(otherField)) {
      set[field] = false;
      return this;
    }
    return schema.field(field).type() == FieldType.STRING
        ? setText(field, other.array(), other.textStart(otherField), other.textLength(otherField))
        : setLong(field, other.longAt(otherField));
  }

  /**
   * Sets a field from the value that {@link Record#valueAt} would give, or null. It allocates: for
   * tests and edges.
   */
  public RecordBuilder set(String name, Object value) {
    int field = schema.index(name);
    if (value == null) {
      set[field] = false;
      return this;
    }
    return switch (schema.field(field).type()) {
      case STRING -> {
        byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
        yield setText(field, utf8, 0, utf8.length);
      }
      case INTEGER -> setLong(field, ((Number) value).longValue());
      case NUMBER -> setDouble(field, ((Number) value).doubleValue());
      case BOOLEAN -> setBoolean(field, (Boolean) value);
      case DATE -> setLong(field, ((LocalDate) value).toEpochDay());
      case TIMESTAMP -> setLong(field, micros((Instant) value));
    };
  }

  /** Not {@code ChronoUnit.MICROS.between}, which counts in nanoseconds and so ends in 2262. */
  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  /** The value of a field's slot as set: see {@link #setLong}. */
  public long longAt(int field) {
    return slots[field];
  }

  /** A record of the values set, without the bytes that it was decoded from. */
  public Record build(long eventTimeMillis, String source, long offset) {
    return build(eventTimeMillis, source, offset, null, 0, -1);
  }

  /**
   * A record of the values set, which keeps the bytes that it was decoded from. Text that was set
   * from a part of them is not copied twice.
   */
  public Record build(
      long eventTimeMillis,
      String source,
      long offset,
      byte[] original,
      int originalStart,
      int originalLength) {
    int fixed = schema.fixedLength();
    int originalEnd = originalStart + originalLength;
    int contentLength = fixed;
    for (int i = 0; i < set.length; i++) {
      if (set[i] && texts[i] != null && !isIn(i, original, originalStart, originalEnd)) {
        contentLength += (int) slots[i];
      }
    }
    byte[] array = new byte[contentLength + Math.max(0, originalLength)];
    int slot = schema.nullBytes();
    int text = fixed;
    for (int i = 0; i < set.length; i++, slot += 8) {
      if (!set[i]) {
        array[i >>> 3] |= (byte) (1 << (i & 7));
      } else if (texts[i] == null) {
        LONGS.set(array, slot, slots[i]);
      } else if (isIn(i, original, originalStart, originalEnd)) {
        long at = (long) contentLength + textStarts[i] - originalStart;
        LONGS.set(array, slot, (at << 32) | slots[i]);
      } else {
        int length = (int) slots[i];
        System.arraycopy(texts[i], textStarts[i], array, text, length);
        LONGS.set(array, slot, ((long) text << 32) | length);
        text += length;
      }
    }
    if (originalLength > 0) {
      System.arraycopy(original, originalStart, array, contentLength, originalLength);
    }
    return new Record(
        schema, array, 0, contentLength, originalLength, eventTimeMillis, source, offset);
  }

  /** Whether a text is a part of the original bytes, so that its slot can point there. */
  private boolean isIn(int field, byte[] original, int start, int end) {
    return texts[field] == original
        && textStarts[field] >= start
        && textStarts[field] + slots[field] <= end;
  }
}
