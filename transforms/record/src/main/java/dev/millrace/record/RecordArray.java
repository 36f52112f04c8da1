package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The value of an ARRAY field: elements of one type, any of which may be null if the field says so.
 * Immutable; a view of the record's array.
 *
 * <p>Format: the number of elements (8 bytes, little endian), null bits in whole words, a slot of
 * eight bytes an element, then what is apart from its slot, in the order of the elements. Equal
 * arrays have equal bytes.
 */
public final class RecordArray extends Slots {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final int COUNT_BYTES = 8;

  private final RecordSchema.Field element;
  private final int size;
  private final int length;

  RecordArray(RecordSchema.Field element, byte[] array, int start, int length) {
    this(element, array, start, length, (int) (long) LONGS.get(array, start));
  }

  private RecordArray(RecordSchema.Field element, byte[] array, int start, int length, int size) {
    super(array, start, start + COUNT_BYTES, start + COUNT_BYTES + nullBytes(size));
    this.element = element;
    this.size = size;
    this.length = length;
  }

  /** The bytes of null bits of so many elements. */
  static int nullBytes(int size) {
    return (size + 63) / 64 * 8;
  }

  /** What each element is. */
  public RecordSchema.Field element() {
    return element;
  }

  /** How many elements there are. */
  public int size() {
    return size;
  }

  @Override
  RecordSchema.Field fieldAt(int index) {
    return element;
  }

  /** The elements as {@link #valueAt} gives them; it reads them when asked. */
  public List<Object> toList() {
    return Collections.unmodifiableList(
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            return valueAt(Objects.checkIndex(index, size));
          }

          @Override
          public int size() {
            return size;
          }
        });
  }

  /** Equal when the elements are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RecordArray that
        && element.equals(that.element)
        && Arrays.equals(
            array, start, start + length, that.array, that.start, that.start + that.length);
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return IntStream.range(0, size).mapToObj(this::shown).toList().toString();
  }
}
