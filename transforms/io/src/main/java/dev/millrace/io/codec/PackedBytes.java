package dev.millrace.io.codec;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a compressed file, which knows how many of them a decoder has taken. */
public final class PackedBytes extends InputStream {
  static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int limit;
  private long bytesBefore;
  private boolean ended;
  private boolean failed;

  /** Counts what is taken of a stream. */
  public PackedBytes(InputStream in) {
    this.in = in;
  }

  /** How many bytes have been taken. */
  public long taken() {
    return bytesBefore + at;
  }

  /** Whether more bytes were asked for than there are. */
  boolean ended() {
    return ended;
  }

  /** Whether the file itself could not be read, which is no fault of its content. */
  boolean failed() {
    return failed;
  }

  @Override
  public int read() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == limit && !fill()) {
      return -1;
    }
    int taken = Math.min(length, limit - at);
    System.arraycopy(buffer, at, bytes, offset, taken);
    at += taken;
    return taken;
  }

  private boolean fill() throws IOException {
    bytesBefore += limit;
    at = 0;
    limit = 0;
    failed = true;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    failed = false;
    ended = limit == 0;
    return !ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
