package dev.millrace.io.blocks;

import dev.millrace.io.avro.AvroBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** What the values of a column are in Avro: of the type that says the same. */
enum ParquetLeaf {
  BOOLEAN("\"boolean\""),
  INT("\"int\""),
  LONG("\"long\""),
  UNSIGNED_INT("\"long\""),
  UNSIGNED_LONG("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":0}"),
  FLOAT("\"float\""),
  HALF("\"float\""),
  DOUBLE("\"double\""),
  DATE("{\"type\":\"int\",\"logicalType\":\"date\"}"),
  TIME_MILLIS("{\"type\":\"int\",\"logicalType\":\"time-millis\"}"),
  TIME_MICROS("{\"type\":\"long\",\"logicalType\":\"time-micros\"}"),
  TIME_NANOS("{\"type\":\"long\",\"logicalType\":\"time-micros\"}"),
  TIMESTAMP("{\"type\":\"long\",\"logicalType\":\"%stimestamp-%s\"}"),

  /** The nanoseconds of a Julian day, as Impala and old versions of Spark write them: in UTC. */
  LEGACY_TIMESTAMP("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"),
  DECIMAL("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":%s,\"scale\":%s}"),
  STRING("\"string\""),
  UUID("\"string\""),
  BYTES("\"bytes\"");

  private static final int JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long NANOS_PER_MICRO = 1_000;

  private final String schema;

  ParquetLeaf(String schema) {
    this.schema = schema;
  }

  static ParquetLeaf of(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> BOOLEAN;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case INT96 -> LEGACY_TIMESTAMP;
      case INT32 -> ofInt(logical);
      case INT64 -> ofLong(logical);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(logical);
    };
  }

  private static ParquetLeaf ofInt(LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return DECIMAL;
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return DATE;
    }
    if (logical instanceof TimeLogicalTypeAnnotation) {
      return TIME_MILLIS;
    }
    return isUnsigned(logical) ? UNSIGNED_INT : INT;
  }

  private static ParquetLeaf ofLong(LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return DECIMAL;
    }
    if (logical instanceof TimestampLogicalTypeAnnotation) {
      return TIMESTAMP;
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return time.getUnit() == TimeUnit.NANOS ? TIME_NANOS : TIME_MICROS;
    }
    return isUnsigned(logical) ? UNSIGNED_LONG : LONG;
  }

  private static boolean isUnsigned(LogicalTypeAnnotation logical) {
    return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
  }

  private static ParquetLeaf ofBytes(LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return DECIMAL;
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      return UUID;
    }
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return HALF;
    }
    boolean text =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || logical instanceof JsonLogicalTypeAnnotation;
    return text ? STRING : BYTES;
  }

  /** The schema of a column's values, in JSON. */
  static String schema(PrimitiveType type) {
    ParquetLeaf leaf = of(type);
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return leaf.schema.formatted(decimal.getPrecision(), decimal.getScale());
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time && leaf == TIMESTAMP) {
      String unit =
          switch (time.getUnit()) {
            case MILLIS -> "millis";
            case MICROS -> "micros";
            case NANOS -> "nanos";
          };
      return leaf.schema.formatted(time.isAdjustedToUTC() ? "" : "local-", unit);
    }
    return leaf.schema;
  }

  /** Writes the values of a column, each after what comes before it in Avro. */
  static PrimitiveConverter writer(PrimitiveType type, Runnable before, AvroBytes out) {
    return new Writer(of(type), before, out);
  }

  private static final class Writer extends PrimitiveConverter {
    private final ParquetLeaf leaf;
    private final Runnable before;
    private final AvroBytes out;

    private Writer(ParquetLeaf leaf, Runnable before, AvroBytes out) {
      this.leaf = leaf;
      this.before = before;
      this.out = out;
    }

    @Override
    public void addBoolean(boolean value) {
      before.run();
      out.write(value ? 1 : 0);
    }

    @Override
    public void addFloat(float value) {
      before.run();
      out.float32(value);
    }

    @Override
    public void addDouble(double value) {
      before.run();
      out.float64(value);
    }

    @Override
    public void addInt(int value) {
      before.run();
      switch (leaf) {
        case DECIMAL -> out.decimal(value);
        case UNSIGNED_INT -> out.number(Integer.toUnsignedLong(value));
        default -> out.number(value);
      }
    }

    @Override
    public void addLong(long value) {
      before.run();
      switch (leaf) {
        case DECIMAL -> out.decimal(value);
        case TIME_NANOS -> out.number(Math.floorDiv(value, NANOS_PER_MICRO));
        case UNSIGNED_LONG -> {
          byte[] units = new byte[Long.BYTES + 1];
          ByteBuffer.wrap(units).putLong(1, value);
          out.bytes(units, 0, units.length);
        }
        default -> out.number(value);
      }
    }

    @Override
    public void addBinary(Binary value) {
      before.run();
      ByteBuffer bytes = value.toByteBuffer();
      switch (leaf) {
        case LEGACY_TIMESTAMP -> out.number(micros(bytes));
        case HALF -> out.float32(half(bytes));
        case UUID -> {
          long high = bytes.getLong(bytes.position());
          long low = bytes.getLong(bytes.position() + Long.BYTES);
          byte[] text =
              Binary.fromString(new java.util.UUID(high, low).toString()).getBytesUnsafe();
          out.bytes(text, 0, text.length);
        }
        default -> out.bytes(bytes);
      }
    }

    private static long micros(ByteBuffer bytes) {
      ByteBuffer little = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      long day = (long) little.getInt(Long.BYTES) - JULIAN_DAY_OF_1970;
      return day * MICROS_PER_DAY + Math.floorDiv(little.getLong(0), NANOS_PER_MICRO);
    }

    /** A float of 16 bits, of which 10 are the fraction (IEEE 754 binary16). */
    private static float half(ByteBuffer bytes) {
      int bits = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).getShort(0);
      int exponent = (bits >> 10) & 0x1f;
      int fraction = bits & 0x3ff;
      float magnitude =
          exponent == 0x1f
              ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
              : exponent == 0
                  ? Math.scalb((float) fraction, -24)
                  : Math.scalb((float) (fraction | 0x400), exponent - 25);
      return bits < 0 ? -magnitude : magnitude;
    }
  }
}
