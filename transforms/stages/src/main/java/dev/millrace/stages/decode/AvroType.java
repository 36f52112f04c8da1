package dev.millrace.stages.decode;

import java.util.Set;
import org.apache.avro.Schema;

/**
 * What the values of a schema are, its logical type included. A logical type that Avro doesn't know
 * or that doesn't fit its schema is ignored, as Avro has it.
 *
 * @param scale the digits of a DECIMAL after the point
 * @param nanos the nanoseconds in a unit of a TIME or TIMESTAMP
 */
record AvroType(Kind kind, int scale, long nanos) {

  /** What a value is. */
  enum Kind {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    SYMBOL,
    UUID,
    BYTES,
    FIXED,
    DECIMAL,
    FIXED_DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    LOCAL_TIMESTAMP,
    OBJECT,
    ARRAY,
    MAP,
    UNION
  }

  /** More digits than any program's decimals have: what has more is left as bytes. */
  private static final int MOST_DIGITS = 154;

  private static final int UUID_BYTES = 16;
  private static final String DECIMAL = "decimal";
  private static final Set<String> TIMESTAMPS = Set.of("timestamp", "local-timestamp");

  /** The type of a schema. */
  static AvroType of(Schema schema) {
    String logical = String.valueOf(schema.getProp("logicalType"));
    return switch (schema.getType()) {
      case NULL -> of(Kind.NULL);
      case BOOLEAN -> of(Kind.BOOLEAN);
      case INT -> ofInt(logical);
      case LONG -> ofLong(logical);
      case FLOAT -> of(Kind.FLOAT);
      case DOUBLE -> of(Kind.DOUBLE);
      case STRING -> of(Kind.STRING);
      case ENUM -> of(Kind.SYMBOL);
      case BYTES -> logical.equals(DECIMAL) ? ofDecimal(schema, Kind.BYTES) : of(Kind.BYTES);
      case FIXED -> ofFixed(schema, logical);
      case RECORD -> of(Kind.OBJECT);
      case ARRAY -> of(Kind.ARRAY);
      case MAP -> of(Kind.MAP);
      case UNION -> of(Kind.UNION);
    };
  }

  private static AvroType of(Kind kind) {
    return new AvroType(kind, 0, 0);
  }

  private static AvroType ofInt(String logical) {
    return switch (logical) {
      case "date" -> of(Kind.DATE);
      case "time-millis" -> new AvroType(Kind.TIME, 0, 1_000_000);
      default -> of(Kind.INT);
    };
  }

  private static AvroType ofLong(String logical) {
    if (logical.equals("time-micros")) {
      return new AvroType(Kind.TIME, 0, 1_000);
    }
    int dash = logical.lastIndexOf('-');
    String prefix = logical.substring(0, Math.max(0, dash));
    long nanos =
        switch (logical.substring(dash + 1)) {
          case "millis" -> 1_000_000;
          case "micros" -> 1_000;
          case "nanos" -> 1;
          default -> 0;
        };
    if (nanos == 0 || !TIMESTAMPS.contains(prefix)) {
      return of(Kind.LONG);
    }
    return new AvroType(
        prefix.equals("timestamp") ? Kind.TIMESTAMP : Kind.LOCAL_TIMESTAMP, 0, nanos);
  }

  private static AvroType ofFixed(Schema schema, String logical) {
    if (logical.equals("uuid") && schema.getFixedSize() == UUID_BYTES) {
      return of(Kind.UUID);
    }
    return logical.equals(DECIMAL) ? ofDecimal(schema, Kind.FIXED) : of(Kind.FIXED);
  }

  private static AvroType ofDecimal(Schema schema, Kind otherwise) {
    Object precision = schema.getObjectProp("precision");
    Object scale = schema.getObjectProp("scale") == null ? 0 : schema.getObjectProp("scale");
    boolean valid =
        precision instanceof Integer digits
            && scale instanceof Integer after
            && digits <= MOST_DIGITS
            && after >= 0
            && after <= digits;
    if (!valid) {
      return of(otherwise);
    }
    Kind kind = otherwise == Kind.BYTES ? Kind.DECIMAL : Kind.FIXED_DECIMAL;
    return new AvroType(kind, (Integer) scale, 0);
  }

  /** So many units of a TIME or TIMESTAMP in microseconds; what is less than one is cut off. */
  long micros(long units) {
    if (nanos == 1) {
      return Math.floorDiv(units, 1_000L);
    }
    long factor = nanos / 1_000;
    long micros = units * factor;
    return Math.floorDiv(micros, factor) == units && Math.abs(units) < Long.MAX_VALUE / factor
        ? micros
        : INVALID_MICROS;
  }

  /** What {@link #micros} gives for a time that doesn't fit. */
  static final long INVALID_MICROS = Long.MIN_VALUE;
}
