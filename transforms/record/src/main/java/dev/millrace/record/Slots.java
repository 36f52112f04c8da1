package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * What records and arrays have in common: null bits, then a slot of eight bytes a value (little
 * endian), then what is apart from its slot. Accessors decode a value when asked; what they give
 * for a value that is null, or of another type, is undefined.
 */
abstract sealed class Slots permits Record, RecordArray {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NANOS_PER_MICRO = 1000;

  final byte[] array;

  /** What the places of values that are apart are counted from. */
  final int start;

  private final int nulls;
  private final int slots;

  Slots(byte[] array, int start, int nulls, int slots) {
    this.array = array;
    this.start = start;
    this.nulls = nulls;
    this.slots = slots;
  }

  /** What a value is. */
  abstract RecordSchema.Field fieldAt(int index);

  /** The array that holds the values and perhaps others: to be read only. */
  public final byte[] array() {
    return array;
  }

  /** Whether there is no value. */
  public final boolean isNull(int index) {
    return (array[nulls + (index >>> 3)] & (1 << (index & 7))) != 0;
  }

  /**
   * The slot as it is: an INTEGER, the days of a DATE, the micros of a TIME or TIMESTAMP, the units
   * of a DECIMAL.
   */
  public final long longAt(int index) {
    return (long) LONGS.get(array, slots + 8 * index);
  }

  /** The value of a NUMBER. */
  public final double doubleAt(int index) {
    return Double.longBitsToDouble(longAt(index));
  }

  /** The value of a DECIMAL. */
  public final BigDecimal decimalAt(int index) {
    return BigDecimal.valueOf(longAt(index), fieldAt(index).scale());
  }

  /** The value of a BOOLEAN. */
  public final boolean booleanAt(int index) {
    return longAt(index) != 0;
  }

  /** Where the bytes of a STRING, OBJECT or ARRAY start in {@link #array()}. */
  public final int textStart(int index) {
    return start + (int) (longAt(index) >>> 32);
  }

  /** How many bytes a STRING (in UTF-8), OBJECT or ARRAY has. */
  public final int textLength(int index) {
    return (int) longAt(index);
  }

  /** The value of a STRING. */
  public final String stringAt(int index) {
    return new String(array, textStart(index), textLength(index), StandardCharsets.UTF_8);
  }

  /** The value of a DATE. */
  public final LocalDate dateAt(int index) {
    return LocalDate.ofEpochDay(longAt(index));
  }

  /** The value of a TIME. */
  public final LocalTime timeAt(int index) {
    return LocalTime.ofNanoOfDay(longAt(index) * NANOS_PER_MICRO);
  }

  /** The value of a TIMESTAMP. */
  public final Instant timestampAt(int index) {
    return Instant.EPOCH.plus(longAt(index), ChronoUnit.MICROS);
  }

  /** The value of an OBJECT: a view, without a time or a place of its own. */
  public final Record objectAt(int index) {
    int length = textLength(index);
    return new Record(fieldAt(index).nested(), array, textStart(index), length, -1, 0, "", -1);
  }

  /** The value of an ARRAY: a view. */
  public final RecordArray arrayAt(int index) {
    return new RecordArray(fieldAt(index).element(), array, textStart(index), textLength(index));
  }

  /**
   * The value as String, Long, Double, {@link BigDecimal}, Boolean, {@link LocalDate}, {@link
   * LocalTime}, {@link Instant}, {@link Record} or {@link RecordArray}, or null. It allocates: for
   * tests, reports and edges, not for the hot path.
   */
  public final Object valueAt(int index) {
    if (isNull(index)) {
      return null;
    }
    return switch (fieldAt(index).type()) {
      case STRING -> stringAt(index);
      case INTEGER -> longAt(index);
      case NUMBER -> doubleAt(index);
      case DECIMAL -> decimalAt(index);
      case BOOLEAN -> booleanAt(index);
      case DATE -> dateAt(index);
      case TIME -> timeAt(index);
      case TIMESTAMP -> timestampAt(index);
      case OBJECT -> objectAt(index);
      case ARRAY -> arrayAt(index);
    };
  }

  /** The value as text, an object without the time and place that it doesn't have. */
  final String shown(int index) {
    Object value = valueAt(index);
    return value instanceof Record object ? object.fieldsShown() : String.valueOf(value);
  }
}
