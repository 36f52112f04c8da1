package dev.millrace.stages.decode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.apache.avro.Schema;

/**
 * Any value of Avro as JSON, for messages and for fields that the contract doesn't know: decimals
 * as numbers, dates and times as ISO 8601 has them, bytes in Base64, and NaN and infinities in
 * quotes.
 */
final class AvroJson {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final AvroCursor in;

  /** Null to pass over the values. */
  private final StringBuilder out;

  private int depth;

  private AvroJson(AvroCursor in, StringBuilder out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Passes over a value.
   *
   * @return whether it is there, and not null
   */
  static boolean skip(Schema schema, AvroCursor in) throws MalformedJson {
    return new AvroJson(in, null).value(schema);
  }

  /** The value that starts there and ends where the cursor is, in UTF-8. */
  static byte[] of(Schema schema, AvroCursor in, int start) throws MalformedJson {
    AvroCursor value = new AvroCursor();
    value.begin(in.array(), start, in.position());
    StringBuilder out = new StringBuilder();
    new AvroJson(value, out).value(schema);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same for a message. */
  static String found(Schema schema, AvroCursor in, int start) throws MalformedJson {
    byte[] json = of(schema, in, start);
    return Excerpt.of(json, 0, json.length);
  }

  private boolean value(Schema schema) throws MalformedJson {
    AvroType type = AvroType.of(schema);
    switch (type.kind()) {
      case NULL -> write("null");
      case UNION -> {
        return nested(schema.getTypes().get(in.index(schema.getTypes().size())));
      }
      case OBJECT -> object(schema);
      case ARRAY -> items(schema.getElementType(), '[', ']');
      case MAP -> items(schema.getValueType(), '{', '}');
      case BOOLEAN -> write(in.bool());
      case INT -> write(in.int32());
      case LONG -> write(in.number());
      case FLOAT -> number(Float.toString(in.float32()));
      case DOUBLE -> number(Double.toString(in.float64()));
      case DECIMAL, FIXED_DECIMAL ->
          write(AvroScalar.decimal(in, type, sizeOf(schema)).toPlainString());
      case DATE -> quoted(LocalDate.ofEpochDay(in.int32()));
      case TIME, TIMESTAMP, LOCAL_TIMESTAMP -> time(type, in.number());
      default -> bytes(schema, type);
    }
    return type.kind() != AvroType.Kind.NULL;
  }

  private static int sizeOf(Schema schema) {
    return schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
  }

  private boolean nested(Schema schema) throws MalformedJson {
    if (++depth > JsonCursor.MAX_DEPTH) {
      throw new MalformedJson(
          "Nested deeper than " + JsonCursor.MAX_DEPTH + " levels", in.position());
    }
    boolean there = value(schema);
    depth--;
    return there;
  }

  private void object(Schema schema) throws MalformedJson {
    String separator = "{";
    for (Schema.Field field : schema.getFields()) {
      write(separator);
      quoted(field.name());
      write(":");
      nested(field.schema());
      separator = ",";
    }
    write(separator.equals("{") ? "{}" : "}");
  }

  /** The elements of an array, or the entries of a map. */
  private void items(Schema schema, char open, char close) throws MalformedJson {
    write(open);
    String separator = "";
    for (long items = in.items(); items != 0; items = in.items()) {
      for (long item = 0; item < items; item++) {
        write(separator);
        if (open == '{') {
          quoted(text());
          write(":");
        }
        nested(schema);
        separator = ",";
      }
    }
    write(close);
  }

  private void time(AvroType type, long units) {
    long micros = type.micros(units);
    switch (type.kind()) {
      case TIME -> {
        if (micros >= 0 && micros < MICROS_PER_DAY) {
          quoted(LocalTime.ofNanoOfDay(1_000L * micros));
        } else {
          write(units);
        }
      }
      case TIMESTAMP -> quoted(instant(micros));
      default -> quoted(instant(micros).atOffset(ZoneOffset.UTC).toLocalDateTime());
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private void bytes(Schema schema, AvroType type) throws MalformedJson {
    switch (type.kind()) {
      case STRING -> quoted(text());
      case SYMBOL -> quoted(schema.getEnumSymbols().get(in.index(schema.getEnumSymbols().size())));
      case UUID -> quoted(AvroScalar.uuid(in));
      case BYTES -> base64(in.bytes());
      default -> {
        in.skip(schema.getFixedSize());
        base64(schema.getFixedSize());
      }
    }
  }

  private String text() throws MalformedJson {
    int length = in.text();
    return new String(in.array(), in.position() - length, length, StandardCharsets.UTF_8);
  }

  private void base64(int length) {
    int end = in.position();
    quoted(Base64.getEncoder().encodeToString(Arrays.copyOfRange(in.array(), end - length, end)));
  }

  /** Infinities and NaN are no numbers of JSON. */
  private void number(String text) {
    if (Character.isLetter(text.charAt(text.length() - 1))) {
      quoted(text);
    } else {
      write(text);
    }
  }

  private void quoted(Object text) {
    if (out != null) {
      out.append(FieldNames.quoted(text.toString()));
    }
  }

  private void write(Object text) {
    if (out != null) {
      out.append(text);
    }
  }
}
