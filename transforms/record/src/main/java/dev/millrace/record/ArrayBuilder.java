package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Builds the value of an ARRAY field, element by element; from {@link RecordBuilder#array}. Text is
 * taken by reference until the array is set. Not thread-safe; kept and reused by its builder.
 */
public final class ArrayBuilder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RecordSchema.Field element;
  private final Scratch scratch;
  private RecordBuilder object;
  private ArrayBuilder inner;

  private boolean[] nulls = new boolean[16];
  private long[] slots = new long[16];
  private byte[][] texts = new byte[16][];
  private int[] textStarts = new int[16];
  private int size;

  ArrayBuilder(RecordSchema.Field element, Scratch scratch) {
    this.element = element;
    this.scratch = scratch;
  }

  ArrayBuilder clear() {
    size = 0;
    return this;
  }

  /** How many elements there are so far. */
  public int size() {
    return size;
  }

  /** What each element is. */
  public RecordSchema.Field element() {
    return element;
  }

  /** Adds an element without a value. */
  public void addNull() {
    reserve();
    nulls[size] = true;
    texts[size++] = null;
  }

  /** Adds the slot of an element: see {@link RecordBuilder#setLong}. */
  public void addLong(long value) {
    reserve();
    nulls[size] = false;
    slots[size] = value;
    texts[size++] = null;
  }

  /** Adds a NUMBER; -0.0 becomes 0.0. */
  public void addDouble(double value) {
    addLong(Double.doubleToLongBits(value + 0.0));
  }

  /** Adds a STRING from UTF-8 bytes. */
  public void addText(byte[] array, int start, int length) {
    addLong(length);
    texts[size - 1] = array;
    textStarts[size - 1] = start;
  }

  /** The builder of the next element of an array of objects, empty: then {@link #addObject}. */
  public RecordBuilder object() {
    if (object == null) {
      object = new RecordBuilder(element.nested(), scratch);
    }
    return object.clear();
  }

  /** Adds an element from what {@link #object()} has been given. */
  public void addObject() {
    int start = object.layOut(scratch);
    addText(scratch.array(), start, scratch.length() - start);
  }

  /** The builder of the next element of an array of arrays, empty: then {@link #addArray}. */
  public ArrayBuilder array() {
    if (inner == null) {
      inner = new ArrayBuilder(element.element(), scratch);
    }
    return inner.clear();
  }

  /** Adds an element from what {@link #array()} has been given. */
  public void addArray() {
    int start = inner.layOut();
    addText(scratch.array(), start, scratch.length() - start);
  }

  /** Adds an element from what {@link RecordArray#valueAt} would give. It allocates. */
  public void add(Object value) {
    if (value == null) {
      addNull();
    } else {
      Edges.add(this, value);
    }
  }

  private void reserve() {
    if (size == slots.length) {
      nulls = Arrays.copyOf(nulls, 2 * size);
      slots = Arrays.copyOf(slots, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
      textStarts = Arrays.copyOf(textStarts, 2 * size);
    }
  }

  /** Writes the array to the end of the scratch bytes, and tells where it starts. */
  int layOut() {
    int fixed = RecordArray.COUNT_BYTES + RecordArray.nullBytes(size);
    int length = fixed + 8 * size;
    for (int i = 0; i < size; i++) {
      length += texts[i] == null ? 0 : (int) slots[i];
    }
    int start = scratch.append(length);
    byte[] array = scratch.array();
    LONGS.set(array, start, (long) size);
    int text = fixed + 8 * size;
    for (int i = 0; i < size; i++) {
      int slot = start + fixed + 8 * i;
      if (nulls[i]) {
        array[start + RecordArray.COUNT_BYTES + (i >>> 3)] |= (byte) (1 << (i & 7));
      } else if (texts[i] == null) {
        LONGS.set(array, slot, slots[i]);
      } else {
        int bytes = (int) slots[i];
        System.arraycopy(texts[i], textStarts[i], array, start + text, bytes);
        LONGS.set(array, slot, ((long) text << 32) | bytes);
        text += bytes;
      }
    }
    return start;
  }
}
