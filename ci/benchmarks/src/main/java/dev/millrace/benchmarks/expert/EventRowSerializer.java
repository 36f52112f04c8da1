package dev.millrace.benchmarks.expert;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Rows as they are: their bytes, and the hash of their id. */
final class EventRowSerializer extends TypeSerializerSingleton<EventRow> {
  static final EventRowSerializer INSTANCE = new EventRowSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public EventRow createInstance() {
    return new EventRow();
  }

  @Override
  public EventRow copy(EventRow from) {
    return copy(from, new EventRow());
  }

  @Override
  public EventRow copy(EventRow from, EventRow reuse) {
    reuse.size = 0;
    reuse.reserve(from.size);
    System.arraycopy(from.bytes, 0, reuse.bytes, 0, from.size);
    reuse.size = from.size;
    reuse.hashHigh = from.hashHigh;
    reuse.hashLow = from.hashLow;
    return reuse;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(EventRow row, DataOutputView out) throws IOException {
    out.writeLong(row.hashHigh);
    out.writeLong(row.hashLow);
    out.writeInt(row.size);
    out.write(row.bytes, 0, row.size);
  }

  @Override
  public EventRow deserialize(DataInputView in) throws IOException {
    return deserialize(new EventRow(), in);
  }

  @Override
  public EventRow deserialize(EventRow reuse, DataInputView in) throws IOException {
    reuse.hashHigh = in.readLong();
    reuse.hashLow = in.readLong();
    int size = in.readInt();
    reuse.size = 0;
    reuse.reserve(size);
    in.readFully(reuse.bytes, 0, size);
    reuse.size = size;
    return reuse;
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<EventRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** That the form has not changed. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventRow> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
