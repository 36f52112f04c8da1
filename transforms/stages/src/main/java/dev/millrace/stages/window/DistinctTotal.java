package dev.millrace.stages.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How many different values there are: a HyperLogLog sketch of 2<sup>14</sup> registers, in at most
 * 16 KiB.
 *
 * <p>The registers are maxima, and so the same in any order and grouping. The estimate is the
 * composite one, of the registers only: the sketch's default, which is better by a sixth while
 * nothing is merged, depends on the order.
 */
final class DistinctTotal extends Total {
  private static final int LOG_REGISTERS = 14;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final boolean text;
  private Union sketch = new Union(LOG_REGISTERS);

  DistinctTotal(FieldType type) {
    this.text = type == FieldType.STRING;
  }

  @Override
  void addFirstOrNext(Record record, int field, boolean first) {
    sketch.update(
        text
            ? HASHER.hashBytesToLong(
                record.array(), record.textStart(field), record.textLength(field))
            : record.longAt(field));
  }

  @Override
  void mergeFirstOrNext(Total other, boolean first) {
    sketch.update(((DistinctTotal) other).sketch.getResult(TgtHllType.HLL_8));
  }

  @Override
  void writeNothing(RecordBuilder builder, int field) {
    builder.setLong(field, 0);
  }

  @Override
  void writeResult(Function function, RecordBuilder builder, int field) {
    builder.setLong(field, Math.round(sketch.getCompositeEstimate()));
  }

  @Override
  void encodeValues(DataOutput out) throws IOException {
    byte[] bytes = sketch.toCompactByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  void decodeValues(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    sketch = Union.heapify(bytes);
  }
}
