package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

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

  private byte[] array = new byte[1 << 10];
  private int length;

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
    for (int i = 0; i < fields.length; i++) {
      write(i == 0 ? '{' : ',');
      member(record, record.schema(), fields[i]);
    }
    write('}');
    return this;
  }

  /** Writes the value of a field of a record, or null. */
  public JsonText value(Record record, int field) {
    if (record.isNull(field)) {
      write("null");
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
    for (int i = 0; i < fields.size(); i++) {
      write(i == 0 ? '{' : ',');
      member(object, fields, i);
    }
    write('}');
  }

  private void member(Record object, RecordSchema fields, int index) {
    byte[] name = fields.field(index).name().getBytes(StandardCharsets.UTF_8);
    text(name, 0, name.length);
    write(':');
    value(object, index);
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
        write("null");
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
      case NUMBER -> write(Double.toString(Double.longBitsToDouble(value)));
      case DECIMAL -> write(BigDecimal.valueOf(value, field.scale()).toPlainString());
      case BOOLEAN -> write(value == 0 ? "false" : "true");
      case DATE -> {
        write('"');
        write(LocalDate.ofEpochDay(value).toString());
        write('"');
      }
      case TIME -> {
        write('"');
        timeOfDay(value);
        write('"');
      }
      case TIMESTAMP -> {
        write('"');
        write(LocalDate.ofEpochDay(Math.floorDiv(value, MICROS_PER_DAY)).toString());
        write('T');
        timeOfDay(Math.floorMod(value, MICROS_PER_DAY));
        write("Z\"");
      }
      default -> write(Long.toString(value));
    }
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
    reserve(6 * count + 2);
    array[length++] = '"';
    for (int i = start; i < start + count; i++) {
      byte next = utf8[i];
      if (next == '"' || next == '\\') {
        array[length++] = '\\';
        array[length++] = next;
      } else if (next >= 0 && next < ' ') {
        write("\\u00");
        array[length++] = HEX[next >> 4];
        array[length++] = HEX[next & 15];
      } else {
        array[length++] = next;
      }
    }
    array[length++] = '"';
  }

  private void write(char ascii) {
    reserve(1);
    array[length++] = (byte) ascii;
  }

  private void write(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      array[length++] = (byte) ascii.charAt(i);
    }
  }

  private void reserve(int bytes) {
    if (length + bytes > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + bytes));
    }
  }
}
