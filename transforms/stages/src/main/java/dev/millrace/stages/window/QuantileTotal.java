package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How the values of a field are spread: a {@link Histogram} of numbers that sort as they do. */
final class QuantileTotal extends Total {
  private final FieldType type;
  private final Histogram histogram = new Histogram();

  QuantileTotal(FieldType type) {
    this.type = type;
  }

  @Override
  void addFirstOrNext(Record record, int field, boolean first) {
    histogram.add(sortable(record.longAt(field)));
  }

  @Override
  void mergeFirstOrNext(Total other, boolean first) {
    histogram.merge(((QuantileTotal) other).histogram);
  }

  @Override
  void writeResult(Function function, RecordBuilder builder, int field) {
    builder.setLong(field, slot(histogram.quantile(function.argument(), count())));
  }

  /** Integers count as doubles, so that what is close is so in proportion. */
  private long sortable(long slot) {
    return switch (type) {
      case NUMBER -> flipped(slot);
      case INTEGER -> flipped(Double.doubleToLongBits((double) slot));
      default -> slot;
    };
  }

  private long slot(long sortable) {
    return switch (type) {
      case NUMBER -> Double.doubleToLongBits(Double.longBitsToDouble(flipped(sortable)) + 0.0);
      case INTEGER -> Math.round(Double.longBitsToDouble(flipped(sortable)));
      default -> sortable;
    };
  }

  /** Between the bits of a double and a long that sorts as the double does; its own inverse. */
  private static long flipped(long bits) {
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  @Override
  void encodeValues(DataOutput out) throws IOException {
    histogram.encode(out);
  }

  @Override
  void decodeValues(DataInput in) throws IOException {
    histogram.decode(in);
  }
}
