package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the value of an ARRAY field, element by element; from {@link RecordBuilder#array}. Text is
 * taken by reference until the array is set. Not thread-safe; kept and reused by its builder.
 */
public final class ArrayBuilder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RecordSchema.Field element;
  private final Scratch scratch;
  private RecordBuilder next;

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
  void addNull() {
    reserve();
    nulls[size] = true;
    texts[size++] = null;
  }

  /** Adds the slot of an element. */
  void addLong(long value) {
    reserve();
    nulls[size] = false;
    slots[size] = value;
    texts[size++] = null;
  }

  /** Adds a STRING from UTF-8 bytes. */
  void addText(byte[] array, int start, int length) {
    addLong(length);
    texts[size - 1] = array;
    textStarts[size - 1] = start;
  }

  /**
   * The builder of one element, whatever its type, as the only field of an object, which is not
   * set: then {@link #addNext}.
   */
  public RecordBuilder next() {
    if (next == null) {
      next = new RecordBuilder(RecordSchema.of(element.name(), element), scratch);
    }
    return next.clear();
  }

  /** Adds what {@link #next()} has been given; an element without a value if that is nothing. */
  public void addNext() {
    next.addTo(this);
  }

  /** The first element that is the same as one before it, or -1. */
  public int repeated() {
    Set<Optional<ByteBuffer>> seen = new HashSet<>();
    int index = 0;
    while (index < size && seen.add(bytes(index))) {
      index++;
    }
    return index < size ? index : -1;
  }

  private Optional<ByteBuffer> bytes(int index) {
    if (nulls[index]) {
      return Optional.empty();
    }
    return Optional.of(
        texts[index] == null
            ? ByteBuffer.allocate(Long.BYTES).putLong(0, slots[index])
            : ByteBuffer.wrap(texts[index], textStarts[index], (int) slots[index]));
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
