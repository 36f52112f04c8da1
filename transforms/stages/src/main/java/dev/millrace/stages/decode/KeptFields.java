package dev.millrace.stages.decode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The fields of a record that the contract doesn't know and says to keep, as the text of one JSON
 * object. They stay as they came, in the order in which they came. A field that the contract knows
 * is kept as well if an object in it has fields that it doesn't.
 */
final class KeptFields {
  private final Set<String> names = new HashSet<>();
  private byte[] object = new byte[256];
  private int length;
  private boolean inner;

  /** Forgets all fields, to begin the next record. */
  void clear() {
    inner = false;
    if (length > 0) {
      names.clear();
      length = 0;
    }
  }

  boolean isEmpty() {
    return length == 0;
  }

  /**
   * Keeps a field.
   *
   * @param name its name, unescaped
   * @param start where its name starts in the input
   * @param end where its value ends
   * @return false if the name was there before; then the field is not kept
   */
  boolean add(String name, byte[] in, int start, int end) {
    if (!names.add(name)) {
      return false;
    }
    int bytes = end - start;
    if (length + bytes + 2 > object.length) {
      object = Arrays.copyOf(object, 2 * (length + bytes + 2));
    }
    object[length] = (byte) (length == 0 ? '{' : ',');
    System.arraycopy(in, start, object, length + 1, bytes);
    length += bytes + 1;
    object[length] = '}';
    return true;
  }

  /** An object inside a field has such fields: what to keep of it is that field, as a whole. */
  void addInner() {
    inner = true;
  }

  /** Whether an object had such fields since this was last asked. */
  boolean takeInner() {
    boolean taken = inner;
    inner = false;
    return taken;
  }

  /** The array whose first {@link #length()} bytes are the object, until the next change. */
  byte[] array() {
    return object;
  }

  int length() {
    return length + 1;
  }
}
