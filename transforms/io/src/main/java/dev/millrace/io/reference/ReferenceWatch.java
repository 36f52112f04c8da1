package dev.millrace.io.reference;

import dev.millrace.io.files.WatchedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * What is known of a reference after some looks at its file.
 *
 * @param version how many times it was read
 * @param bytes the size that it had when it was last read
 * @param modifiedMillis when it had last been modified then
 * @param changing whether another file was there at the last look
 * @param failures how many looks have failed since it was last known to be good
 */
record ReferenceWatch(
    long version, long bytes, long modifiedMillis, boolean changing, int failures) {
  /** Before the first look. */
  static final ReferenceWatch NOTHING = new ReferenceWatch(0, 0, 0, false, 0);

  boolean hasRead(WatchedFile file) {
    return version > 0 && file.bytes() == bytes && file.modifiedMillis() == modifiedMillis;
  }

  /** After a look that found the file which was read. */
  ReferenceWatch unchanged() {
    return new ReferenceWatch(version, bytes, modifiedMillis, false, 0);
  }

  /** After a look that found another file. */
  ReferenceWatch changed() {
    return new ReferenceWatch(version, bytes, modifiedMillis, true, failures);
  }

  /** After a look that found no file, or none that can be read. */
  ReferenceWatch failed() {
    return new ReferenceWatch(version, bytes, modifiedMillis, changing, failures + 1);
  }

  /** After the file was read. */
  ReferenceWatch read(WatchedFile file) {
    return new ReferenceWatch(version + 1, file.bytes(), file.modifiedMillis(), false, 0);
  }

  /** The coder: the components in their order, the flag as 0 or 1. Deterministic. */
  static final class ReferenceWatchCoder extends AtomicCoder<ReferenceWatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ReferenceWatch watch, OutputStream out) throws IOException {
      VarLongCoder.of().encode(watch.version, out);
      VarLongCoder.of().encode(watch.bytes, out);
      VarLongCoder.of().encode(watch.modifiedMillis, out);
      VarIntCoder.of().encode(watch.changing ? 1 : 0, out);
      VarIntCoder.of().encode(watch.failures, out);
    }

    @Override
    public ReferenceWatch decode(InputStream in) throws IOException {
      return new ReferenceWatch(
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarIntCoder.of().decode(in) == 1,
          VarIntCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
