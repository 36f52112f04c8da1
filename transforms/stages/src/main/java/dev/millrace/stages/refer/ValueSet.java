package dev.millrace.stages.refer;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * A set of byte strings: their bytes one after the other in one array, and an open-addressing table
 * of their numbers, without an object a value. It grows, up to 2 GB of values, and forgets nothing.
 */
final class ValueSet {
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private byte[] bytes = new byte[256];
  private int[] ends = new int[16];
  private int[] numbersPlusOne = new int[32];
  private int size;

  /** The texts as UTF-8. */
  static ValueSet of(Iterable<String> texts) {
    ValueSet set = new ValueSet();
    texts.forEach(set::add);
    return set;
  }

  int size() {
    return size;
  }

  boolean contains(byte[] array, int start, int length) {
    return numbersPlusOne[slot(array, start, length)] != 0;
  }

  /** Adds a text as UTF-8, unless it is there. */
  void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Adds a value, unless it is there. */
  void add(byte[] array, int start, int length) {
    int slot = slot(array, start, length);
    if (numbersPlusOne[slot] != 0) {
      return;
    }
    int from = start(size);
    int to = Math.addExact(from, length);
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * from, to)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    System.arraycopy(array, start, bytes, from, length);
    ends[size++] = to;
    numbersPlusOne[slot] = size;
    if (2 * size > numbersPlusOne.length) {
      spread(2 * numbersPlusOne.length);
    }
  }

  /** Adds the values of another set. */
  void addAll(ValueSet other) {
    for (int i = 0; i < other.size; i++) {
      add(other.bytes, other.start(i), other.ends[i] - other.start(i));
    }
  }

  private void spread(int slots) {
    numbersPlusOne = new int[slots];
    for (int i = 0; i < size; i++) {
      numbersPlusOne[slot(bytes, start(i), ends[i] - start(i))] = i + 1;
    }
  }

  /** The slot of a value, or the free one where it would be. */
  private int slot(byte[] array, int start, int length) {
    int mask = numbersPlusOne.length - 1;
    int slot = (int) HASHER.hashBytesToLong(array, start, length) & mask;
    while (numbersPlusOne[slot] != 0 && !isAt(numbersPlusOne[slot] - 1, array, start, length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int number, byte[] array, int start, int length) {
    return Arrays.equals(bytes, start(number), ends[number], array, start, start + length);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** The coder: the number of values, then the length (4 bytes) and the bytes of each. */
  static final class ValueSetCoder extends CustomCoder<ValueSet> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ValueSet set, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(set.size);
      for (int i = 0; i < set.size; i++) {
        int length = set.ends[i] - set.start(i);
        data.writeInt(length);
        data.write(set.bytes, set.start(i), length);
      }
    }

    @Override
    public ValueSet decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      ValueSet set = new ValueSet();
      byte[] value = new byte[64];
      for (int left = data.readInt(); left > 0; left--) {
        int length = data.readInt();
        value = length > value.length ? new byte[length] : value;
        data.readFully(value, 0, length);
        set.add(value, 0, length);
      }
      return set;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ValueSetCoder;
    }

    @Override
    public int hashCode() {
      return ValueSetCoder.class.hashCode();
    }
  }
}
