package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/** The total of integers, days or microseconds: the sum is kept in 128 bits. */
final class IntegerTotal extends Total {
  private long sumHigh;
  private long sumLow;
  private long min;
  private long max;

  @Override
  void addFirstOrNext(Record record, int field, boolean first) {
    long value = record.longAt(field);
    addToSum(value >> 63, value);
    min = first ? value : Math.min(min, value);
    max = first ? value : Math.max(max, value);
  }

  @Override
  void mergeFirstOrNext(Total total, boolean first) {
    IntegerTotal other = (IntegerTotal) total;
    addToSum(other.sumHigh, other.sumLow);
    min = first ? other.min : Math.min(min, other.min);
    max = first ? other.max : Math.max(max, other.max);
  }

  private void addToSum(long high, long low) {
    sumLow += low;
    sumHigh += high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
  }

  @Override
  void writeResult(Function function, RecordBuilder builder, int field) {
    switch (function.kind()) {
      case SUM -> {
        if (sumHigh == sumLow >> 63) {
          builder.setLong(field, sumLow);
        }
      }
      case MIN -> builder.setLong(field, min);
      case MAX -> builder.setLong(field, max);
      default -> builder.setDouble(field, Rounding.nearest(sum(), 0, count()));
    }
  }

  private BigInteger sum() {
    BigInteger low = BigInteger.valueOf(sumLow >>> 1).shiftLeft(1);
    BigInteger lowest = BigInteger.valueOf(sumLow & 1);
    return BigInteger.valueOf(sumHigh).shiftLeft(Long.SIZE).add(low).add(lowest);
  }

  @Override
  void encodeValues(DataOutput out) throws IOException {
    out.writeLong(sumHigh);
    out.writeLong(sumLow);
    out.writeLong(min);
    out.writeLong(max);
  }

  @Override
  void decodeValues(DataInput in) throws IOException {
    sumHigh = in.readLong();
    sumLow = in.readLong();
    min = in.readLong();
    max = in.readLong();
  }
}
