package dev.millrace.io.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * The numbers from 0, in several splits, that keep some distance to what was committed of them, and
 * end when all of it is: so the failures of a test lie between many checkpoints, and not after
 * them.
 */
final class PacedNumbers extends UnboundedSource<Long, PacedNumbers.Mark> {
  private static final long serialVersionUID = 1L;
  private static final int AHEAD = 300;

  private final long count;
  private final int split;
  private final int splits;

  /** Given anything, tells how many numbers are committed. */
  private final SerializableFunction<Void, Long> committed;

  PacedNumbers(long count, int splits, SerializableFunction<Void, Long> committed) {
    this(count, 0, splits, committed);
  }

  private PacedNumbers(
      long count, int split, int splits, SerializableFunction<Void, Long> committed) {
    this.count = count;
    this.split = split;
    this.splits = splits;
    this.committed = committed;
  }

  /** The number that is next. */
  record Mark(long next) implements UnboundedSource.CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<PacedNumbers> split(int desired, PipelineOptions options) {
    return IntStream.range(0, splits)
        .mapToObj(number -> new PacedNumbers(count, number, splits, committed))
        .toList();
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, Mark mark) {
    return new Reader(this, mark == null ? split : mark.next);
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return SerializableCoder.of(Mark.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  private static final class Reader extends UnboundedReader<Long> {
    private final PacedNumbers source;
    private long next;
    private Long current;

    private Reader(PacedNumbers source, long next) {
      this.source = source;
      this.next = next;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= source.count || next > source.committed.apply(null) + AHEAD) {
        return false;
      }
      current = next;
      next += source.splits;
      return true;
    }

    @Override
    public Long getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(getCurrent());
    }

    @Override
    public Instant getWatermark() {
      return source.committed.apply(null) >= source.count
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : Instant.ofEpochMilli(next);
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(next);
    }

    @Override
    public PacedNumbers getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
