package dev.millrace.io.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far a splice has been read: enough to go on after a failure, in either of its parts, without
 * losing or repeating a block.
 *
 * @param file the number of files that were read to their ends
 * @param blocks how many blocks of the next one were given out
 * @param watermarkMillis the event time up to which all of the files is taken to be there
 * @param live how far what goes on was read; null as long as files are
 */
record SpliceMark<M extends UnboundedSource.CheckpointMark>(
    int file, long blocks, long watermarkMillis, M live) implements UnboundedSource.CheckpointMark {

  /** Nothing was read. */
  static <M extends UnboundedSource.CheckpointMark> SpliceMark<M> start() {
    return new SpliceMark<>(0, 0, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(), null);
  }

  /** Files stay where they are; what goes on may have something to tell. */
  @Override
  public void finalizeCheckpoint() throws IOException {
    if (live != null) {
      live.finalizeCheckpoint();
    }
  }

  /** The coder: the fields in their order, the last one after whether there is one. */
  static final class MarkCoder<M extends UnboundedSource.CheckpointMark>
      extends StructuredCoder<SpliceMark<M>> {
    private static final long serialVersionUID = 1L;

    private final Coder<M> live;

    MarkCoder(Coder<M> live) {
      this.live = NullableCoder.of(live);
    }

    @Override
    public void encode(SpliceMark<M> mark, OutputStream out) throws IOException {
      VarIntCoder.of().encode(mark.file, out);
      VarLongCoder.of().encode(mark.blocks, out);
      VarLongCoder.of().encode(mark.watermarkMillis, out);
      live.encode(mark.live, out);
    }

    @Override
    public SpliceMark<M> decode(InputStream in) throws IOException {
      return new SpliceMark<>(
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          live.decode(in));
    }

    @Override
    public List<? extends Coder<?>> getCoderArguments() {
      return List.of(live);
    }

    @Override
    public void verifyDeterministic() throws NonDeterministicException {
      live.verifyDeterministic();
    }

    @Override
    public boolean consistentWithEquals() {
      return live.consistentWithEquals();
    }
  }
}
