package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Builds {@link Record}s, one after the other, from values set in any order.
 *
 * <p>Text is taken by reference and copied once, by {@link #build}: the arrays given must stay as
 * they are until then. Not thread-safe; meant to be kept and reused. A field that was not set is
 * null.
 */
public final class RecordBuilder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RecordSchema schema;
  private final boolean[] set;
  private final long[] slots;
  private final byte[][] texts;
  private final int[] textStarts;

  /** The builders of objects and arrays, made when they are first asked for. */
  private final Object[] nested;

  private final Scratch scratch;
  private final boolean root;

  /** A builder of records of this schema, with no field set. */
  public RecordBuilder(RecordSchema schema) {
    this(schema, null);
  }

  /** The builder of an object in another's field, if it is given that one's scratch bytes. */
  RecordBuilder(RecordSchema schema, Scratch shared) {
    this.schema = schema;
    this.root = shared == null;
    this.scratch = root ? new Scratch() : shared;
    this.nested = new Object[schema.size()];
    this.set = new boolean[schema.size()];
    this.slots = new long[schema.size()];
    this.texts = new byte[schema.size()][];
    this.textStarts = new int[schema.size()];
  }

  /** Forgets all values, to begin the next record. */
  public RecordBuilder clear() {
    Arrays.fill(set, false);
    if (root) {
      scratch.clear();
    }
    return this;
  }

  /** Whether a value was set since the last {@link #clear()}. */
  public boolean isSet(int field) {
    return set[field];
  }

  /** The schema of what is built. */
  public RecordSchema schema() {
    return schema;
  }

  /**
   * Sets an INTEGER, a DATE in days or a TIMESTAMP in microseconds since 1970, a TIME in
   * microseconds since midnight, or a DECIMAL in units of its last digit.
   */
  public RecordBuilder setLong(int field, long value) {
    set[field] = true;
    slots[field] = value;
    texts[field] = null;
    return this;
  }

  /** Sets a NUMBER; -0.0 becomes 0.0. */
  public RecordBuilder setDouble(int field, double value) {
    return setLong(field, Double.doubleToLongBits(value + 0.0));
  }

  /** Sets a BOOLEAN. */
  public RecordBuilder setBoolean(int field, boolean value) {
    return setLong(field, value ? 1 : 0);
  }

  /** Sets a STRING from UTF-8 bytes, which are copied when the record is built. */
  public RecordBuilder setText(int field, byte[] array, int start, int length) {
    set[field] = true;
    slots[field] = length;
    texts[field] = array;
    textStarts[field] = start;
    return this;
  }

  /** The builder of an OBJECT, empty: give it its values, then call {@link #setObject}. */
  public RecordBuilder object(int field) {
    if (nested[field] == null) {
      nested[field] = new RecordBuilder(schema.field(field).nested(), scratch);
    }
    return ((RecordBuilder) nested[field]).clear();
  }

  /** Sets an OBJECT from what {@link #object} has been given. */
  public RecordBuilder setObject(int field) {
    int start = ((RecordBuilder) nested[field]).layOut(scratch);
    return setText(field, scratch.array(), start, scratch.length() - start);
  }

  /** The builder of an ARRAY, empty: give it its elements, then call {@link #setArray}. */
  public ArrayBuilder array(int field) {
    if (nested[field] == null) {
      nested[field] = new ArrayBuilder(schema.field(field).element(), scratch);
    }
    return ((ArrayBuilder) nested[field]).clear();
  }

  /** Sets an ARRAY from what {@link #array} has been given. */
  public RecordBuilder setArray(int field) {
    int start = ((ArrayBuilder) nested[field]).layOut();
    return setText(field, scratch.array(), start, scratch.length() - start);
  }

  /** Adds the first field to an array of such. */
  void addTo(ArrayBuilder array) {
    if (!set[0]) {
      array.addNull();
    } else if (texts[0] == null) {
      array.addLong(slots[0]);
    } else {
      array.addText(texts[0], textStarts[0], (int) slots[0]);
    }
  }

  /** Sets a field that another record of the same type at that field has a value or null for. */
  public RecordBuilder setFrom(int field, Record other, int otherField) {
    if (other.isNull(otherField)) {
      set[field] = false;
      return this;
    }
    return schema.field(field).type().isApart()
        ? setText(field, other.array(), other.textStart(otherField), other.textLength(otherField))
        : setLong(field, other.longAt(otherField));
  }

  /**
   * Sets a field from the value that {@link Record#valueAt} would give, or null; an ARRAY from a
   * list of them, too. It allocates: for tests and edges.
   */
  public RecordBuilder set(String name, Object value) {
    int field = schema.index(name);
    if (value == null) {
      set[field] = false;
      return this;
    }
    Edges.set(this, field, value);
    return this;
  }

  /** The value of a field's slot as set: see {@link #setLong}. */
  public long longAt(int field) {
    return slots[field];
  }

  /** A record of the values set, without the bytes that it was decoded from. */
  public Record build(long eventTimeMillis, String source, long offset) {
    return build(eventTimeMillis, source, offset, null, 0, 0, Record.NOTHING);
  }

  /**
   * A record of the values set, which keeps the record of a block that it was decoded from, with
   * its envelope if it has one. Text that was set from a part of it is not copied twice.
   */
  public Record build(long eventTimeMillis, RawBlock block, int index) {
    int start = block.start(index);
    int length = block.endWithEnvelope(index) - start;
    int kept = block.isOfMessages() ? Record.keptAsMessage(length) : length;
    return build(
        eventTimeMillis, block.source(), block.offset(index), block.array(), start, length, kept);
  }

  /**
   * A record of the values set, which keeps the envelope, if there is one, of the record of a block
   * that it was decoded from.
   */
  public Record buildWithEnvelope(long eventTimeMillis, RawBlock block, int index) {
    int start = block.end(index);
    int length = block.endWithEnvelope(index) - start;
    int kept = length == 0 ? Record.NOTHING : Record.keptAsMessage(length);
    return build(
        eventTimeMillis, block.source(), block.offset(index), block.array(), start, length, kept);
  }

  /**
   * A record of the values set, which keeps the bytes that it was decoded from. Text that was set
   * from a part of them is not copied twice.
   */
  public Record build(
      long eventTimeMillis,
      String source,
      long offset,
      byte[] original,
      int originalStart,
      int originalLength) {
    return build(
        eventTimeMillis, source, offset, original, originalStart, originalLength, originalLength);
  }

  private Record build(
      long eventTimeMillis,
      String source,
      long offset,
      byte[] original,
      int originalStart,
      int originalLength,
      int kept) {
    int contentLength = contentLength(original, originalStart, originalLength);
    byte[] array = new byte[contentLength + originalLength];
    layOut(array, 0, contentLength, original, originalStart, originalLength);
    if (originalLength > 0) {
      System.arraycopy(original, originalStart, array, contentLength, originalLength);
    }
    return new Record(schema, array, 0, contentLength, kept, eventTimeMillis, source, offset);
  }

  private int contentLength(byte[] original, int originalStart, int originalLength) {
    int length = schema.fixedLength();
    for (int i = 0; i < set.length; i++) {
      if (set[i] && texts[i] != null && !isIn(i, original, originalStart, originalLength)) {
        length += (int) slots[i];
      }
    }
    return length;
  }

  /** Writes the content to the end of the scratch bytes, and tells where it starts. */
  int layOut(Scratch to) {
    int length = contentLength(null, 0, -1);
    int start = to.append(length);
    layOut(to.array(), start, length, null, 0, -1);
    return start;
  }

  /** Writes the content to a range of zeros; places are counted from where that starts. */
  private void layOut(
      byte[] array,
      int start,
      int contentLength,
      byte[] original,
      int originalStart,
      int originalLength) {
    int slot = start + schema.nullBytes();
    int text = schema.fixedLength();
    for (int i = 0; i < set.length; i++, slot += 8) {
      if (!set[i]) {
        array[start + (i >>> 3)] |= (byte) (1 << (i & 7));
      } else if (texts[i] == null) {
        LONGS.set(array, slot, slots[i]);
      } else if (isIn(i, original, originalStart, originalLength)) {
        long at = (long) contentLength + textStarts[i] - originalStart;
        LONGS.set(array, slot, (at << 32) | slots[i]);
      } else {
        int length = (int) slots[i];
        System.arraycopy(texts[i], textStarts[i], array, start + text, length);
        LONGS.set(array, slot, ((long) text << 32) | length);
        text += length;
      }
    }
  }

  /** Whether a text is a part of the original bytes, so that its slot can point there. */
  private boolean isIn(int field, byte[] original, int start, int length) {
    return texts[field] == original
        && textStarts[field] >= start
        && textStarts[field] + slots[field] <= start + length;
  }
}
