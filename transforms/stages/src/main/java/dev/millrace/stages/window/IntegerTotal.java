package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/** The total of integers, decimals, days or microseconds: the sum is kept in 128 bits. */
final class IntegerTotal extends Total {
  /** How much one of the field is in its slots: a hundred cents. */
  private final BigInteger unit;

  /** The sums that there is a slot for. */
  private final long least;

  private final long most;

  private long sumHigh;
  private long sumLow;
  private long min;
  private long max;

  private IntegerTotal(BigInteger unit, long least, long most) {
    this.unit = unit;
    this.least = least;
    this.most = most;
  }

  static IntegerTotal ofIntegers() {
    return new IntegerTotal(BigInteger.ONE, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static IntegerTotal ofDecimals(int scale) {
    long end = BigInteger.TEN.pow(RecordSchema.Field.MOST_DIGITS).longValueExact();
    return new IntegerTotal(BigInteger.TEN.pow(scale), 1 - end, end - 1);
  }

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
        if (sumHigh == sumLow >> 63 && sumLow <= most && sumLow >= least) {
          builder.setLong(field, sumLow);
        }
      }
      case MIN -> builder.setLong(field, min);
      case MAX -> builder.setLong(field, max);
      default ->
          builder.setDouble(
              field, Rounding.nearest(sum(), 0, unit.multiply(BigInteger.valueOf(count()))));
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
