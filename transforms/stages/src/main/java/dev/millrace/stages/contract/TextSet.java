package dev.millrace.stages.contract;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A set of texts that is asked with bytes: an open-addressed hash table, at most half full. */
final class TextSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[][] table;

  private TextSet(byte[][] table) {
    this.table = table;
  }

  static TextSet of(List<String> texts) {
    int size = Integer.highestOneBit(Math.max(1, texts.size())) * 4;
    TextSet set = new TextSet(new byte[size][]);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      set.table[set.slot(utf8, 0, utf8.length)] = utf8;
    }
    return set;
  }

  boolean contains(byte[] utf8, int start, int length) {
    return table[slot(utf8, start, length)] != null;
  }

  /** Where the text is, or where it would be. */
  private int slot(byte[] utf8, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + utf8[i];
    }
    int mask = table.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (table[slot] != null && !isEqual(table[slot], utf8, start, length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean isEqual(byte[] text, byte[] utf8, int start, int length) {
    return Arrays.equals(text, 0, text.length, utf8, start, start + length);
  }
}
