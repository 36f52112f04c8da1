package dev.millrace.io.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a gzip file (RFC 1952) of one or more members, checking each member's length and checksum.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes whatever it can't read after a member for the end
 * of the file, so that a damaged second member is lost in silence; here it is an error. Zeros after
 * the last member are padding.
 */
final class GzipMembers extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final String path;
  private final byte[] buffer;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int at;
  private int limit;
  private long bytesBefore;
  private boolean inMember;
  private boolean firstMember = true;

  GzipMembers(InputStream in, String path, int bufferBytes) {
    this.in = in;
    this.path = path;
    this.buffer = new byte[bufferBytes];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (length > 0) {
      if (!inMember && !startMember()) {
        return -1;
      }
      int inflated = inflate(bytes, offset, length);
      if (inflated > 0) {
        crc.update(bytes, offset, inflated);
        return inflated;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        feed();
      } else {
        throw corrupt("it needs a preset dictionary", null);
      }
    }
    return 0;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      at = limit - inflater.getRemaining();
      throw corrupt(e.getMessage(), e);
    }
  }

  private void feed() throws IOException {
    at = limit;
    if (!fill()) {
      throw truncated();
    }
    inflater.setInput(buffer, at, limit - at);
    at = limit;
  }

  /** Reads the header of the next member, if there is one. */
  private boolean startMember() throws IOException {
    int first = nextOrEnd();
    while (first == 0 && !firstMember) {
      first = nextOrEnd();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || next() != 0x8b || next() != 8) {
      throw corrupt("no gzip member starts here", null);
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    skip(flags & HEADER_CRC);
    inflater.reset();
    inflater.setInput(buffer, at, limit - at);
    at = limit;
    crc.reset();
    inMember = true;
    firstMember = false;
    return true;
  }

  private void endMember() throws IOException {
    at = limit - inflater.getRemaining();
    inMember = false;
    if (nextInt() != (int) crc.getValue()) {
      throw corrupt("the checksum of the data differs", null);
    }
    if (nextInt() != (int) inflater.getBytesWritten()) {
      throw corrupt("the length of the data differs", null);
    }
  }

  private void skipText(int flag) throws IOException {
    boolean more = flag != 0;
    while (more) {
      more = next() != 0;
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private int next() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    bytesBefore += limit;
    at = 0;
    limit = 0;
    int read = in.read(buffer, 0, buffer.length);
    limit = Math.max(0, read);
    return limit > 0;
  }

  private IOException truncated() {
    return new EOFException(
        "Cannot read %s: truncated gzip stream after %s bytes".formatted(path, bytesBefore + at));
  }

  private IOException corrupt(String reason, Throwable cause) {
    return new IOException(
        "Cannot read %s: corrupt gzip stream before byte %s: %s"
            .formatted(path, bytesBefore + at, reason),
        cause);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
