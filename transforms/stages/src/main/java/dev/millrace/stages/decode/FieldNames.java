package dev.millrace.stages.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Finds the fields of a contract by the bytes of their names.
 *
 * <p>The records of a source mostly have their fields in one order. So what is tried first is the
 * field that came after this one when it was last seen: one comparison, without looking for the end
 * of the name. A hash table finds the others.
 */
final class FieldNames {
  /** What {@link #read} gives for a name that is not one of a field. */
  static final int UNKNOWN = -1;

  private final byte[][] names;

  /** The names as they stand in JSON, with quotes. */
  private final byte[][] tokens;

  /** Fields by the hash of their names, or {@link #UNKNOWN}; at least half of it is free. */
  private final int[] table;

  /** The field to expect at the start of a record, then those to expect after each field. */
  private final int[] successors;

  private int place;

  FieldNames(String[] fields) {
    names = Arrays.stream(fields).map(FieldNames::utf8).toArray(byte[][]::new);
    tokens = Arrays.stream(fields).map(FieldNames::token).toArray(byte[][]::new);
    table = new int[4 * Integer.highestOneBit(names.length)];
    Arrays.fill(table, UNKNOWN);
    successors = new int[names.length + 1];
    for (int field = 0; field < names.length; field++) {
      table[slot(names[field], 0, names[field].length)] = field;
      successors[field] = field;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] token(String name) {
    return utf8(quoted(name));
  }

  /** A member of a JSON object, with a text or null as its value. */
  static byte[] member(String name, String value) {
    return utf8(quoted(name) + ":" + (value == null ? "null" : quoted(value)));
  }

  /** A member of a JSON object whose value is JSON already. */
  static byte[] member(String name, byte[] json, int start, int length) {
    byte[] head = utf8(quoted(name) + ":");
    byte[] member = Arrays.copyOf(head, head.length + length);
    System.arraycopy(json, start, member, head.length, length);
    return member;
  }

  /** A JSON string. */
  static String quoted(String text) {
    return text.chars().mapToObj(FieldNames::escape).collect(Collectors.joining("", "\"", "\""));
  }

  private static String escape(int c) {
    if (c < ' ') {
      return "\\u00" + HexFormat.of().toHexDigits((byte) c);
    }
    return c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c);
  }

  /** Begins with another record. */
  void begin() {
    place = 0;
  }

  /**
   * Reads the name that is next.
   *
   * @return the index of its field; or {@link #UNKNOWN}, and then the name is the cursor's text
   */
  int read(JsonCursor in) throws MalformedJson {
    int field = successors[place];
    if (in.peek() != '"' || !in.skip(tokens[field])) {
      in.string();
      JsonText name = in.text();
      field = table[slot(name.array(), name.start(), name.length())];
      if (field == UNKNOWN) {
        return UNKNOWN;
      }
      successors[place] = field;
    }
    place = field + 1;
    return field;
  }

  /** The slot of the table that has this name, or where it would be. */
  private int slot(byte[] array, int start, int length) {
    int hash = 1;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + array[i];
    }
    int slot = (hash ^ (hash >>> 16)) & (table.length - 1);
    while (table[slot] != UNKNOWN && !isName(table[slot], array, start, length)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private boolean isName(int field, byte[] array, int start, int length) {
    byte[] name = names[field];
    return Arrays.equals(name, 0, name.length, array, start, start + length);
  }
}
