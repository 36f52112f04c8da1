package dev.millrace.io.parquet;

import java.util.Arrays;

/** The distinct numbers of a column, by their bits, numbered as they come. */
final class NumberDictionary implements ColumnDictionary {
  private static final int MOST_ENTRIES = 1 << 17;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final NumberColumn.Form form;
  private long[] entries = new long[64];

  /** Open addressing: the number of an entry plus one, or 0. */
  private int[] slots = new int[256];

  private int size;

  NumberDictionary(NumberColumn.Form form) {
    this.form = form;
  }

  /** The number of a value, a new one if need be. */
  int idOf(long bits) {
    int slot = slotOf(bits);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      if (entries[slots[slot] - 1] == bits) {
        return slots[slot] - 1;
      }
    }
    slots[slot] = size + 1;
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    entries[size++] = bits;
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private int slotOf(long bits) {
    long mixed = bits * MIX;
    return (int) (mixed ^ (mixed >>> Integer.SIZE)) & (slots.length - 1);
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int id = 0; id < size; id++) {
      int slot = slotOf(entries[id]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = id + 1;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isFull() {
    return size >= MOST_ENTRIES;
  }

  @Override
  public PlainBytes page() {
    PlainBytes page = new PlainBytes();
    for (int id = 0; id < size; id++) {
      form.write(entries[id], page);
    }
    return page;
  }

  long bits(int id) {
    return entries[id];
  }
}
