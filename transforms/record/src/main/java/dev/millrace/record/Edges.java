package dev.millrace.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.List;

/** Values as Java's types, set into builders: for tests and edges, not for the hot path. */
final class Edges {
  private Edges() {}

  static void set(RecordBuilder builder, int field, Object value) {
    RecordSchema.Field type = builder.schema().field(field);
    switch (type.type()) {
      case STRING -> {
        byte[] utf8 = utf8(value);
        builder.setText(field, utf8, 0, utf8.length);
      }
      case OBJECT -> {
        copy((Record) value, builder.object(field));
        builder.setObject(field);
      }
      case ARRAY -> {
        copy(elements(value), builder.array(field));
        builder.setArray(field);
      }
      default -> builder.setLong(field, slot(type, value));
    }
  }

  static void add(ArrayBuilder builder, Object value) {
    set(builder.next(), 0, value);
    builder.addNext();
  }

  private static void copy(Record from, RecordBuilder to) {
    for (RecordSchema.Field field : to.schema().fields()) {
      to.set(field.name(), from.value(field.name()));
    }
  }

  private static void copy(List<?> from, ArrayBuilder to) {
    from.forEach(to::add);
  }

  private static List<?> elements(Object value) {
    return value instanceof RecordArray array ? array.toList() : (List<?>) value;
  }

  private static byte[] utf8(Object value) {
    return ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  private static long slot(RecordSchema.Field field, Object value) {
    return switch (field.type()) {
      case INTEGER -> ((Number) value).longValue();
      case NUMBER -> Double.doubleToLongBits(((Number) value).doubleValue() + 0.0);
      case DECIMAL -> units(field, (BigDecimal) value);
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case DATE -> ((LocalDate) value).toEpochDay();
      case TIME -> ((LocalTime) value).getLong(ChronoField.MICRO_OF_DAY);
      case TIMESTAMP -> micros((Instant) value);
      default -> throw new IllegalArgumentException("Cannot set " + field + ": it has no slot");
    };
  }

  private static long units(RecordSchema.Field field, BigDecimal value) {
    BigDecimal scaled;
    try {
      scaled = value.setScale(field.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw tooLong(field, value, e);
    }
    if (scaled.precision() > field.precision()) {
      throw tooLong(field, value, null);
    }
    return scaled.unscaledValue().longValueExact();
  }

  private static IllegalArgumentException tooLong(
      RecordSchema.Field field, BigDecimal value, ArithmeticException cause) {
    return new IllegalArgumentException(
        "Invalid %s: %s (expected up to %s digits, %s after the point)"
            .formatted(field.name(), value, field.precision(), field.scale()),
        cause);
  }

  /** Not {@code ChronoUnit.MICROS.between}, which counts in nanoseconds and so ends in 2262. */
  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}
