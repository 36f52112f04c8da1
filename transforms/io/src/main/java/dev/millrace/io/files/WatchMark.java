package dev.millrace.io.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * How far a folder has been read: enough to go on after a failure without losing or repeating a
 * block.
 *
 * @param taken the files that were begun, in the order in which they were
 * @param blocks how many blocks of the last of them were given out, or {@link #WHOLE}
 * @param watermarkMillis the event time up to which all is taken to be there
 * @param lastArrivalMillis when a file was last found or finished
 * @param nextPollMillis when to look for files again
 */
record WatchMark(
    List<WatchedFile> taken,
    long blocks,
    long watermarkMillis,
    long lastArrivalMillis,
    long nextPollMillis)
    implements UnboundedSource.CheckpointMark {
  /** All taken files were read to their ends. */
  static final long WHOLE = -1;

  WatchMark {
    taken = List.copyOf(taken);
  }

  /** Nothing is committed anywhere: files stay where they are. */
  @Override
  public void finalizeCheckpoint() {}

  /**
   * The coder: the number of files, path, bytes and time of modification of each, then the rest in
   * its order. Deterministic.
   */
  static final class MarkCoder extends AtomicCoder<WatchMark> {
    private static final long serialVersionUID = 1L;
    private static final MarkCoder INSTANCE = new MarkCoder();

    private MarkCoder() {}

    static MarkCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(WatchMark mark, OutputStream out) throws IOException {
      VarLongCoder number = VarLongCoder.of();
      VarIntCoder.of().encode(mark.taken.size(), out);
      for (WatchedFile file : mark.taken) {
        StringUtf8Coder.of().encode(file.path(), out);
        number.encode(file.bytes(), out);
        number.encode(file.modifiedMillis(), out);
      }
      number.encode(mark.blocks, out);
      number.encode(mark.watermarkMillis, out);
      number.encode(mark.lastArrivalMillis, out);
      number.encode(mark.nextPollMillis, out);
    }

    @Override
    public WatchMark decode(InputStream in) throws IOException {
      VarLongCoder number = VarLongCoder.of();
      int files = VarIntCoder.of().decode(in);
      List<WatchedFile> taken = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        String path = StringUtf8Coder.of().decode(in);
        taken.add(new WatchedFile(path, number.decode(in), number.decode(in)));
      }
      return new WatchMark(
          taken, number.decode(in), number.decode(in), number.decode(in), number.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
