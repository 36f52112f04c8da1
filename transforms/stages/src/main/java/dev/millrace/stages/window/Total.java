package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The values of one field, added up: see {@link Measure}. */
abstract class Total {
  private long count;

  /** Adds the value of a record's field, which is not null. */
  final void add(Record record, int field) {
    addFirstOrNext(record, field, count == 0);
    count++;
  }

  final void merge(Total other) {
    if (other.count > 0) {
      mergeFirstOrNext(other, count == 0);
      count += other.count;
    }
  }

  /** Sets a function's result. */
  final void write(Function function, RecordBuilder builder, int field) {
    if (count > 0) {
      writeResult(function, builder, field);
    } else {
      writeNothing(builder, field);
    }
  }

  final void encode(DataOutput out) throws IOException {
    out.writeLong(count);
    if (count > 0) {
      encodeValues(out);
    }
  }

  final void decode(DataInput in) throws IOException {
    count = in.readLong();
    if (count > 0) {
      decodeValues(in);
    }
  }

  final long count() {
    return count;
  }

  abstract void addFirstOrNext(Record record, int field, boolean first);

  abstract void mergeFirstOrNext(Total other, boolean first);

  abstract void writeResult(Function function, RecordBuilder builder, int field);

  /** Sets the result without a value: left null. */
  void writeNothing(RecordBuilder builder, int field) {}

  abstract void encodeValues(DataOutput out) throws IOException;

  abstract void decodeValues(DataInput in) throws IOException;
}
