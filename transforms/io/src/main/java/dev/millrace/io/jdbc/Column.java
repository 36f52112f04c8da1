package dev.millrace.io.jdbc;

import dev.millrace.io.JsonText;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A field of records and the column that it is written to: which types of columns take every value
 * as it is or refuse it, and how values travel. They go as arrays, one a column, of four types;
 * what the others are is computed by the server.
 *
 * @param index of the field
 */
record Column(int index, RecordSchema.Field field) {
  private static final String LONG = "int8";
  private static final String TEXT = "text";
  private static final String MICROS = " * interval '1 microsecond'";
  private static final Pattern NUMERIC = Pattern.compile("numeric(?:\\((\\d+),(-?\\d+)\\))?");

  String name() {
    return field.name();
  }

  /** The type to give a column of this field. */
  String type() {
    return switch (field.type()) {
      case STRING -> TEXT;
      case INTEGER -> "bigint";
      case NUMBER -> "double precision";
      case DECIMAL -> "numeric(%d,%d)".formatted(field.precision(), field.scale());
      case BOOLEAN -> "boolean";
      case DATE -> "date";
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp with time zone";
      case OBJECT, ARRAY -> "jsonb";
    };
  }

  /**
   * Whether a column of a type, named as PostgreSQL does, stores values without a change. It may be
   * too small for some, which are refused then; but it never rounds, pads or cuts.
   */
  boolean fits(String stored) {
    return switch (field.type()) {
      case STRING -> stored.equals(TEXT) || stored.startsWith("character varying");
      case INTEGER -> List.of("bigint", "integer", "smallint").contains(stored) || hasScale(stored);
      case DECIMAL -> hasScale(stored);
      case TIMESTAMP -> stored.equals(type()) || isWithoutZone(stored);
      default -> stored.equals(type());
    };
  }

  /** Whether it is a numeric with as many digits after the point as the field has. */
  private boolean hasScale(String stored) {
    var matcher = NUMERIC.matcher(stored);
    return matcher.matches()
        && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) >= field.scale());
  }

  private static boolean isWithoutZone(String stored) {
    return stored.equals("timestamp without time zone");
  }

  /** The type of the elements of the array that the values are sent in. */
  String sentAs() {
    return switch (field.type()) {
      case STRING, OBJECT, ARRAY -> TEXT;
      case NUMBER -> "float8";
      case BOOLEAN -> "bool";
      default -> LONG;
    };
  }

  /** What computes a value of the column from one that was sent. */
  String received(String sent, String stored) {
    return switch (field.type()) {
      case DECIMAL -> "%s * 1e-%d::numeric".formatted(sent, field.scale());
      case DATE -> "date '1970-01-01' + %s::int4".formatted(sent);
      case TIME -> "time '00:00' + " + sent + MICROS;
      case TIMESTAMP -> isWithoutZone(stored) ? timestamp(sent) : timestamp(sent) + zone();
      case OBJECT, ARRAY -> sent + "::jsonb";
      default -> sent;
    };
  }

  /** In days and the rest, since microseconds alone are counted as a double, which is too short. */
  private static String timestamp(String sent) {
    String day = "86400000000";
    return "(timestamp '1970-01-01' + %1$s / %2$s * interval '1 day' + %1$s %% %2$s%3$s)"
        .formatted(sent, day, MICROS);
  }

  private static String zone() {
    return " AT TIME ZONE 'UTC'";
  }

  /** The values of records, as an array of what they are sent as. */
  Object[] values(List<Record> records, JsonText json) {
    Object[] values = emptyArray(records.size());
    for (int i = 0; i < values.length; i++) {
      Record record = records.get(i);
      if (!record.isNull(index)) {
        values[i] = value(record, json);
      }
    }
    return values;
  }

  private Object[] emptyArray(int size) {
    return switch (sentAs()) {
      case TEXT -> new String[size];
      case "float8" -> new Double[size];
      case "bool" -> new Boolean[size];
      default -> new Long[size];
    };
  }

  private Object value(Record record, JsonText json) {
    return switch (field.type()) {
      case STRING -> record.stringAt(index);
      case NUMBER -> record.doubleAt(index);
      case BOOLEAN -> record.booleanAt(index);
      case OBJECT, ARRAY -> json.clear().value(record, index).toString();
      default -> record.longAt(index);
    };
  }

  /** Whether values can be told apart by their slots, the greater being the later. */
  static boolean isOrdered(FieldType type) {
    return switch (type) {
      case INTEGER, DECIMAL, DATE, TIME, TIMESTAMP -> true;
      default -> false;
    };
  }
}
