package dev.millrace.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The uncompressed bytes of a file, as long as they are not out of all proportion to it: a file of
 * a megabyte can be made to hold a terabyte of zeros.
 */
final class ExpandedStream extends FilterInputStream {
  /** So much is no burden, whatever it came from. */
  static final long FREE_BYTES = 64L << 20;

  private final long packedBytes;
  private final int maxExpansion;
  private final long limit;
  private long expanded;

  /**
   * A stream of at most so many times the size of the file, and at least {@link #FREE_BYTES}.
   *
   * @param packedBytes the size of the file
   */
  ExpandedStream(InputStream expanded, long packedBytes, int maxExpansion) {
    super(expanded);
    this.packedBytes = packedBytes;
    this.maxExpansion = maxExpansion;
    this.limit = Math.max(FREE_BYTES, packedBytes * maxExpansion);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    expanded += Math.max(0, read);
    if (expanded > limit) {
      throw new IOException(
          "its %s bytes hold more than %s, %s times as much (expected at most %s times: see maxExpansion)"
              .formatted(packedBytes, limit, limit / packedBytes, maxExpansion));
    }
    return read;
  }
}
