package dev.millrace.io.blocks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A file's bytes as a stream, counted in {@link ReadProgress} up to the end of a range. */
public final class ChannelStream extends InputStream {
  private final ReadableByteChannel channel;
  private long countable;

  /**
   * A stream of a channel from where it stands.
   *
   * @param countable how many bytes to count at most: what a reader sees of its neighbour's range
   *     is the neighbour's to count
   */
  public ChannelStream(ReadableByteChannel channel, long countable) {
    this.channel = channel;
    this.countable = countable;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = channel.read(ByteBuffer.wrap(bytes, offset, length));
    if (read > 0 && countable > 0) {
      long counted = Math.min(read, countable);
      countable -= counted;
      ReadProgress.add(counted);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
