package dev.millrace.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;

/** How far partitions have been read: enough to go on without losing or repeating a message. */
final class StreamMark implements UnboundedSource.CheckpointMark {
  /**
   * How far a partition has been read.
   *
   * @param nextOffset the offset of the next message, or one before it
   * @param watermarkMillis the event time up to which all is taken to be there
   * @param activeMillis when a message last came
   */
  record Partition(int number, long nextOffset, long watermarkMillis, long activeMillis)
      implements Serializable {}

  private final List<Partition> partitions;
  private final long watermarkMillis;

  /** Null after a restore: what was finalized then is not shown again. */
  private final transient Consumer<Map<Integer, Long>> finalized;

  /**
   * A mark.
   *
   * @param watermarkMillis that of the reader, which never went back
   * @param finalized what is told of the offsets when they are safe
   */
  StreamMark(
      List<Partition> partitions, long watermarkMillis, Consumer<Map<Integer, Long>> finalized) {
    this.partitions = List.copyOf(partitions);
    this.watermarkMillis = watermarkMillis;
    this.finalized = finalized;
  }

  List<Partition> partitions() {
    return partitions;
  }

  long watermarkMillis() {
    return watermarkMillis;
  }

  @Override
  public void finalizeCheckpoint() {
    if (finalized != null) {
      Map<Integer, Long> offsets = new TreeMap<>();
      partitions.forEach(partition -> offsets.put(partition.number(), partition.nextOffset()));
      finalized.accept(offsets);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamMark that
        && partitions.equals(that.partitions)
        && watermarkMillis == that.watermarkMillis;
  }

  @Override
  public int hashCode() {
    return Objects.hash(partitions, watermarkMillis);
  }

  @Override
  public String toString() {
    return partitions + " at " + watermarkMillis;
  }

  /**
   * The coder: watermark, the number of partitions, then number, next offset, watermark and time of
   * the last message of each. Deterministic.
   */
  static final class MarkCoder extends AtomicCoder<StreamMark> {
    private static final long serialVersionUID = 1L;
    private static final MarkCoder INSTANCE = new MarkCoder();

    private MarkCoder() {}

    static MarkCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(StreamMark mark, OutputStream out) throws IOException {
      VarLongCoder number = VarLongCoder.of();
      number.encode(mark.watermarkMillis, out);
      VarIntCoder.of().encode(mark.partitions.size(), out);
      for (Partition partition : mark.partitions) {
        VarIntCoder.of().encode(partition.number, out);
        number.encode(partition.nextOffset, out);
        number.encode(partition.watermarkMillis, out);
        number.encode(partition.activeMillis, out);
      }
    }

    @Override
    public StreamMark decode(InputStream in) throws IOException {
      VarLongCoder number = VarLongCoder.of();
      long watermark = number.decode(in);
      int count = VarIntCoder.of().decode(in);
      List<Partition> partitions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        partitions.add(
            new Partition(
                VarIntCoder.of().decode(in),
                number.decode(in),
                number.decode(in),
                number.decode(in)));
      }
      return new StreamMark(partitions, watermark, null);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
