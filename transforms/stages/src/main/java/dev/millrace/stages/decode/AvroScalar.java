package dev.millrace.stages.decode;

import dev.millrace.stages.decode.AvroType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.avro.Schema;

/** Reads a value that is neither object nor array into a field. */
final class AvroScalar extends AvroReader {
  /** More than any precision needs. A longer number is not worth what its digits would cost. */
  private static final int MAX_DECIMAL_BYTES = 64;

  private final AvroType type;
  private final int size;
  private final byte[][] symbols;
  private final int field;
  private final TypedValues values;

  AvroScalar(Schema schema, AvroType type, int field, TypedValues values) {
    this.type = type;
    this.size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
    this.symbols = type.kind() == Kind.SYMBOL ? symbols(schema) : null;
    this.field = field;
    this.values = values;
  }

  private static byte[][] symbols(Schema schema) {
    return schema.getEnumSymbols().stream()
        .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  @Override
  Taken read(AvroCursor in) throws MalformedJson {
    return take(in) ? Taken.VALUE : Taken.NOT;
  }

  private boolean take(AvroCursor in) throws MalformedJson {
    return switch (type.kind()) {
      case BOOLEAN -> values.takeBoolean(field, in.bool());
      case INT -> values.takeInteger(field, in.int32());
      case LONG -> values.takeInteger(field, in.number());
      case FLOAT -> values.takeFloat(field, in.float32());
      case DOUBLE -> values.takeDouble(field, in.float64());
      case DATE -> values.takeDate(field, in.int32());
      case TIME -> values.takeTimeOfDay(field, type.micros(in.number()));
      case TIMESTAMP -> values.takeTimestamp(field, type.micros(in.number()));
      case LOCAL_TIMESTAMP -> values.takeLocal(field, type.micros(in.number()));
      case DECIMAL, FIXED_DECIMAL -> values.takeDecimal(field, decimal(in, type, size));
      default -> takeBytes(in);
    };
  }

  private boolean takeBytes(AvroCursor in) throws MalformedJson {
    switch (type.kind()) {
      case STRING -> {
        int length = in.text();
        return values.takeText(field, in.array(), in.position() - length, length);
      }
      case SYMBOL -> {
        byte[] symbol = symbols[in.index(symbols.length)];
        return values.takeText(field, symbol, 0, symbol.length);
      }
      case UUID -> {
        byte[] text = uuid(in).getBytes(StandardCharsets.US_ASCII);
        return values.takeText(field, text, 0, text.length);
      }
      case BYTES -> {
        int length = in.bytes();
        return values.takeBytes(field, in.array(), in.position() - length, length);
      }
      default -> {
        in.skip(size);
        return false;
      }
    }
  }

  /** Reads a DECIMAL or FIXED_DECIMAL. */
  static BigDecimal decimal(AvroCursor in, AvroType type, int size) throws MalformedJson {
    int start = in.position();
    int length = size;
    if (type.kind() == Kind.DECIMAL) {
      length = in.bytes();
    } else {
      in.skip(size);
    }
    if (length == 0 || length > MAX_DECIMAL_BYTES) {
      throw new MalformedJson("Invalid decimal of " + length + " bytes", start);
    }
    int at = in.position() - length;
    if (length <= Long.BYTES) {
      long units = in.array()[at];
      for (int i = at + 1; i < at + length; i++) {
        units = units << 8 | (in.array()[i] & 0xff);
      }
      return BigDecimal.valueOf(units, type.scale());
    }
    byte[] units = Arrays.copyOfRange(in.array(), at, in.position());
    return new BigDecimal(new BigInteger(units), type.scale());
  }

  /** Reads a UUID of 16 bytes. */
  static String uuid(AvroCursor in) throws MalformedJson {
    in.skip(2L * Long.BYTES);
    ByteBuffer bytes = ByteBuffer.wrap(in.array(), in.position() - 2 * Long.BYTES, 2 * Long.BYTES);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
