package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * Writes records, and values of them, as JSON, with all fields in the order of the schema, and null
 * for those without a value: who guesses the columns from the first lines finds them all. Decimals
 * are plain numbers with all of their digits; dates, times of day and timestamps are ISO 8601, the
 * latter two with microseconds, timestamps in UTC.
 *
 * <p>Everything is written to one array, UTF-8. Not thread-safe; meant to be kept and reused.
 */
public final class JsonText {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UTC = "Z\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTROL = "\\u00".getBytes(StandardCharsets.US_ASCII);

  /** The names of a schema's fields as they stand in an object, with the colon. */
  private final IdentityHashMap<RecordSchema, byte[][]> names = new IdentityHashMap<>();

  private byte[] array = new byte[1 << 10];
  private int length;

  /** The day that was written last, since the next mostly is the same. */
  private long day = Long.MIN_VALUE;

  private byte[] dayText;

  /** Forgets what was written. */
  public JsonText clear() {
    length = 0;
    return this;
  }

  /** Writes a record as an object. */
  public JsonText record(Record record) {
    object(record, record.schema());
    return this;
  }

  /** Writes some fields of a record as an object. */
  public JsonText fields(Record record, int[] fields) {
    byte[][] ofFields = names(record.schema());
    for (int i = 0; i < fields.length; i++) {
      write(i == 0 ? '{' : ',');
      write(ofFields[fields[i]]);
      value(record, fields[i]);
    }
    write('}');
    return this;
  }

  /** Writes the value of a field of a record, or null. */
  public JsonText value(Record record, int field) {
    if (record.isNull(field)) {
      write(NULL);
    } else {
      present(record, field, record.schema().field(field));
    }
    return this;
  }

  /** Writes a record as a line, with its end. */
  public JsonText line(Record record) {
    record(record).write('\n');
    return this;
  }

  /** A copy of what was written. */
  public byte[] bytes() {
    return Arrays.copyOf(array, length);
  }

  /** What was written, as text. */
  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }

  private void object(Record object, RecordSchema fields) {
    byte[][] ofFields = names(fields);
    for (int i = 0; i < ofFields.length; i++) {
      write(i == 0 ? '{' : ',');
      write(ofFields[i]);
      value(object, i);
    }
    write('}');
  }

  private byte[][] names(RecordSchema schema) {
    byte[][] known = names.get(schema);
    if (known == null) {
      known = schema.fields().stream().map(JsonText::name).toArray(byte[][]::new);
      names.put(schema, known);
    }
    return known;
  }

  private static byte[] name(RecordSchema.Field field) {
    byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
    JsonText text = new JsonText();
    text.text(name, 0, name.length);
    text.write(':');
    return text.bytes();
  }

  private void present(Record object, int index, RecordSchema.Field field) {
    switch (field.type()) {
      case STRING -> text(object.array(), object.textStart(index), object.textLength(index));
      case OBJECT -> object(object.objectAt(index), field.nested());
      case ARRAY -> array(object.arrayAt(index));
      default -> slot(field, object.longAt(index));
    }
  }

  private void array(RecordArray values) {
    write('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        write(',');
      }
      if (values.isNull(i)) {
        write(NULL);
      } else {
        element(values, i);
      }
    }
    write(']');
  }

  private void element(RecordArray values, int index) {
    switch (values.element().type()) {
      case STRING -> text(values.array(), values.textStart(index), values.textLength(index));
      case OBJECT -> object(values.objectAt(index), values.element().nested());
      case ARRAY -> array(values.arrayAt(index));
      default -> slot(values.element(), values.longAt(index));
    }
  }

  private void slot(RecordSchema.Field field, long value) {
    switch (field.type()) {
      case NUMBER -> write(ascii(Double.toString(Double.longBitsToDouble(value))));
      case DECIMAL -> decimal(value, field.scale());
      case BOOLEAN -> write(value == 0 ? FALSE : TRUE);
      case DATE -> {
        write('"');
        day(value);
        write('"');
      }
      case TIME -> {
        write('"');
        timeOfDay(value);
        write('"');
      }
      case TIMESTAMP -> {
        write('"');
        day(Math.floorDiv(value, MICROS_PER_DAY));
        write('T');
        timeOfDay(Math.floorMod(value, MICROS_PER_DAY));
        write(UTC);
      }
      default -> integer(value);
    }
  }

  private void integer(long value) {
    if (value == Long.MIN_VALUE) {
      write(ascii(Long.toString(value)));
      return;
    }
    if (value < 0) {
      write('-');
    }
    long magnitude = Math.abs(value);
    digits(magnitude, DecimalDigits.count(magnitude));
  }

  private void decimal(long units, int scale) {
    if (scale == 0) {
      integer(units);
      return;
    }
    if (units < 0) {
      write('-');
    }
    long magnitude = Math.abs(units);
    long one = DecimalDigits.power(scale);
    integer(magnitude / one);
    write('.');
    digits(magnitude % one, scale);
  }

  private void day(long epochDay) {
    if (epochDay != day) {
      day = epochDay;
      dayText = ascii(LocalDate.ofEpochDay(epochDay).toString());
    }
    write(dayText);
  }

  /** As in 07:30:00.000000. */
  private void timeOfDay(long micros) {
    long seconds = micros / 1_000_000;
    digits(seconds / 3_600, 2);
    write(':');
    digits(seconds / 60 % 60, 2);
    write(':');
    digits(seconds % 60, 2);
    write('.');
    digits(micros % 1_000_000, 6);
  }

  private void digits(long number, int count) {
    reserve(count);
    long rest = number;
    for (int at = length + count - 1; at >= length; at--, rest /= 10) {
      array[at] = (byte) ('0' + rest % 10);
    }
    length += count;
  }

  /** A string; UTF-8 needs no escapes but for what would end it and control characters. */
  private void text(byte[] utf8, int start, int count) {
    write('"');
    int end = start + count;
    int from = start;
    for (int i = start; i < end; i++) {
      byte next = utf8[i];
      if ((next >= 0 && next < ' ') || next == '"' || next == '\\') {
        write(utf8, from, i - from);
        escape(next);
        from = i + 1;
      }
    }
    write(utf8, from, end - from);
    write('"');
  }

  private void escape(byte special) {
    if (special >= ' ') {
      write('\\');
      write((char) special);
    } else {
      write(CONTROL);
      write((char) HEX[special >> 4]);
      write((char) HEX[special & 15]);
    }
  }

  private void write(char ascii) {
    reserve(1);
    array[length++] = (byte) ascii;
  }

  private void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int start, int count) {
    reserve(count);
    System.arraycopy(bytes, start, array, length, count);
    length += count;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void reserve(int bytes) {
    if (length + bytes > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + bytes));
    }
  }
}
