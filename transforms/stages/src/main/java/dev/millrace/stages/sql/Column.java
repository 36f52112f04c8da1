package dev.millrace.stages.sql;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A field that a condition names, and how the engine wants its values.
 *
 * @param name its path, joined by points
 * @param path its index in the record, or that of an object and its index in there, and so on
 * @param nullable whether a record may lack a value for it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Column(String name, int[] path, RecordSchema.Field field, boolean nullable)
    implements Serializable {
  private static final long MICROS_PER_MILLI = 1_000;

  /** The field at a path of names, if there is one. */
  static Optional<Column> find(RecordSchema schema, List<String> names) {
    int[] path = new int[names.size()];
    boolean nullable = false;
    RecordSchema object = schema;
    for (int i = 0; i < path.length; i++) {
      if (object == null || !object.has(names.get(i))) {
        return Optional.empty();
      }
      path[i] = object.index(names.get(i));
      RecordSchema.Field field = object.field(path[i]);
      nullable |= field.nullable();
      object = field.type() == FieldType.OBJECT ? field.nested() : null;
      if (i == path.length - 1) {
        return Optional.of(new Column(String.join(".", names), path, field, nullable));
      }
    }
    return Optional.empty();
  }

  /** The value in a record, as generated code has it; null if there is none. */
  Object value(Record record) {
    Record holder = holder(record);
    int index = path[path.length - 1];
    if (holder == null || holder.isNull(index)) {
      return null;
    }
    long slot = holder.longAt(index);
    return switch (field.type()) {
      case STRING -> holder.stringAt(index);
      case NUMBER -> Double.longBitsToDouble(slot);
      case DECIMAL -> holder.decimalAt(index);
      case BOOLEAN -> slot != 0;
      case DATE -> (int) slot;
      case TIME -> (int) (slot / MICROS_PER_MILLI);
      case TIMESTAMP -> Math.floorDiv(slot, MICROS_PER_MILLI);
      default -> slot;
    };
  }

  /** The record or object that has the field; null if there is none. */
  private Record holder(Record record) {
    Record holder = record;
    for (int i = 0; i < path.length - 1; i++) {
      if (holder.isNull(path[i])) {
        return null;
      }
      holder = holder.objectAt(path[i]);
    }
    return holder;
  }

  /** The value in a record for people: {@code delay = 5}. */
  String shown(Record record) {
    Record holder = holder(record);
    int index = path[path.length - 1];
    boolean none = holder == null || holder.isNull(index);
    return Excerpt.of(name) + " = " + (none ? "null" : shown(holder.valueAt(index)));
  }

  private static String shown(Object value) {
    String text = Excerpt.of(value.toString());
    return value instanceof String ? "\"" + text + "\"" : text;
  }
}
