package dev.millrace.io.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The uncompressed bytes of a file, as long as they are not out of all proportion to it: a file of
 * a megabyte can be made to hold a terabyte of zeros.
 */
final class ExpandedStream extends FilterInputStream {
  private final long packedBytes;
  private final int maxExpansion;
  private final long limit;
  private long expanded;

  /**
   * A stream of at most so many times the size of the file, and at least what is free.
   *
   * @param packedBytes the size of the file
   */
  ExpandedStream(InputStream expanded, long packedBytes, ReadLimits limits) {
    super(expanded);
    this.packedBytes = packedBytes;
    this.maxExpansion = limits.expansion();
    this.limit = Math.max(limits.freeBytes(), packedBytes * maxExpansion);
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
