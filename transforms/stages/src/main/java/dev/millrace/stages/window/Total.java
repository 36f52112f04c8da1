package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The values of one field, added up without loss. */
abstract class Total {
  private long count;

  static Total of(FieldType type) {
    return type == FieldType.NUMBER ? new NumberTotal() : new IntegerTotal();
  }

  /** Adds the value in a slot, as {@link dev.millrace.record.Record#longAt} gives it. */
  final void add(long slot) {
    addFirstOrNext(slot, count == 0);
    count++;
  }

  final void merge(Total other) {
    if (other.count > 0) {
      mergeFirstOrNext(other, count == 0);
      count += other.count;
    }
  }

  /** Sets a result, or leaves it null without a value. */
  final void write(Function.Kind kind, RecordBuilder builder, int field) {
    if (count > 0) {
      writeResult(kind, builder, field);
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

  abstract void addFirstOrNext(long slot, boolean first);

  abstract void mergeFirstOrNext(Total other, boolean first);

  abstract void writeResult(Function.Kind kind, RecordBuilder builder, int field);

  abstract void encodeValues(DataOutput out) throws IOException;

  abstract void decodeValues(DataInput in) throws IOException;
}
