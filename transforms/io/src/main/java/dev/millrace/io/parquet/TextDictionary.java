package dev.millrace.io.parquet;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** The distinct texts of a column, numbered as they come: found by their bytes where they are. */
final class TextDictionary implements ColumnDictionary {
  private static final int MOST_BYTES = 1 << 20;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  /** The texts, as the dictionary's page has them. */
  private final PlainBytes entries = new PlainBytes();

  /** Where the bytes of each are in it. */
  private int[] starts = new int[64];

  private int[] ends = new int[64];
  private long[] hashes = new long[64];

  /** Open addressing: the number of an entry plus one, or 0. */
  private int[] slots = new int[256];

  private int size;

  /** The number of a text, a new one if need be. */
  int idOf(byte[] array, int start, int length) {
    long hash = HASHER.hashBytesToLong(array, start, length);
    int slot = (int) hash & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash
          && Arrays.equals(entries.array(), starts[id], ends[id], array, start, start + length)) {
        return id;
      }
    }
    slots[slot] = size + 1;
    add(hash, array, start, length);
    return size - 1;
  }

  private void add(long hash, byte[] array, int start, int length) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    entries.text(array, start, length);
    ends[size] = entries.size();
    starts[size] = entries.size() - length;
    hashes[size++] = hash;
    if (2 * size > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int id = 0; id < size; id++) {
      int slot = (int) hashes[id] & (slots.length - 1);
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
    return entries.size() >= MOST_BYTES;
  }

  @Override
  public PlainBytes page() {
    return entries;
  }

  /** A text, valid until another one is added. */
  Binary text(int id) {
    return Binary.fromReusedByteArray(entries.array(), starts[id], ends[id] - starts[id]);
  }
}
