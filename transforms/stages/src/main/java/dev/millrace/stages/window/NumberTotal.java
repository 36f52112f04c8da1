package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The total of doubles. */
final class NumberTotal extends Total {
  private final ExactSum sum = new ExactSum();
  private double min;
  private double max;

  @Override
  void addFirstOrNext(Record record, int field, boolean first) {
    double value = record.doubleAt(field);
    sum.add(value);
    min = first ? value : Math.min(min, value);
    max = first ? value : Math.max(max, value);
  }

  @Override
  void mergeFirstOrNext(Total total, boolean first) {
    NumberTotal other = (NumberTotal) total;
    sum.merge(other.sum);
    min = first ? other.min : Math.min(min, other.min);
    max = first ? other.max : Math.max(max, other.max);
  }

  @Override
  void writeResult(Function function, RecordBuilder builder, int field) {
    double result =
        switch (function.kind()) {
          case SUM -> sum.dividedBy(1);
          case MIN -> min;
          case MAX -> max;
          default -> sum.dividedBy(count());
        };
    // The sum of the two infinities is not a number, and so there is none.
    if (!Double.isNaN(result)) {
      builder.setDouble(field, result);
    }
  }

  @Override
  void encodeValues(DataOutput out) throws IOException {
    sum.encode(out);
    out.writeDouble(min);
    out.writeDouble(max);
  }

  @Override
  void decodeValues(DataInput in) throws IOException {
    sum.decode(in);
    min = in.readDouble();
    max = in.readDouble();
  }
}
