package dev.millrace.io.parquet;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.parquet.bytes.BytesInput;

/** The values of a page as numbers of entries in the column's dictionary, in their order. */
final class DictionaryIds {
  /** What is packed at once, and so the shortest run that is worth being one. */
  private static final int GROUP = 8;

  private int[] ids = new int[1 << 10];
  private int size;

  /** By entry, whether it has been given. */
  private boolean[] given = new boolean[1 << 6];

  private final PlainBytes encoded = new PlainBytes();

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  void clear() {
    size = 0;
  }

  /** Gives each entry that the page has, once. */
  void forEachDistinct(int entries, IntConsumer consumer) {
    if (given.length < entries) {
      given = new boolean[2 * entries];
    } else {
      Arrays.fill(given, false);
    }
    for (int i = 0; i < size; i++) {
      if (!given[ids[i]]) {
        given[ids[i]] = true;
        consumer.accept(ids[i]);
      }
    }
  }

  /**
   * How many bits a number has, then the numbers as runs of equal ones and packed groups of eight
   * (parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid").
   */
  BytesInput encode(int entries) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, entries - 1));
    encoded.clear();
    encoded.int8(width);
    int packed = 0;
    for (int i = 0; i < size; ) {
      int run = runAt(i);
      int open = (i - packed) % GROUP;
      if (run < GROUP) {
        i += run;
      } else if (open > 0) {
        i += GROUP - open; // a packed group must be full
      } else {
        pack(packed, i, width);
        encoded.varInt(run << 1);
        for (int bits = 0; bits < width; bits += Byte.SIZE) {
          encoded.int8(ids[i] >>> bits);
        }
        i += run;
        packed = i;
      }
    }
    pack(packed, size, width);
    return encoded.input();
  }

  private int runAt(int start) {
    int end = start + 1;
    while (end < size && ids[end] == ids[start]) {
      end++;
    }
    return end - start;
  }

  /** Packs numbers, the lowest bits first; the last group is filled with zeros. */
  private void pack(int start, int end, int width) {
    if (start == end) {
      return;
    }
    int groups = (end - start + GROUP - 1) / GROUP;
    encoded.varInt((groups << 1) | 1);
    long bits = 0;
    int held = 0;
    for (int i = start; i < end; i++) {
      bits |= (long) ids[i] << held;
      held += width;
      if (held >= Integer.SIZE) {
        encoded.int32((int) bits);
        bits >>>= Integer.SIZE;
        held -= Integer.SIZE;
      }
    }
    int left = groups * width - (int) (((long) (end - start) * width - held) / Byte.SIZE);
    for (; left > 0; left--) {
      encoded.int8((int) bits);
      bits >>>= Byte.SIZE;
    }
  }
}
