package dev.millrace.io.blocks;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of any of Beam's file systems as what Parquet reads from. */
record ChannelFile(SeekableByteChannel channel, long bytes) implements InputFile {

  @Override
  public long getLength() {
    return bytes;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Positioned(channel, bytes);
  }

  private static final class Positioned extends DelegatingSeekableInputStream {
    private final SeekableByteChannel channel;

    private Positioned(SeekableByteChannel channel, long bytes) {
      super(new ChannelStream(channel, bytes));
      this.channel = channel;
    }

    @Override
    public long getPos() throws IOException {
      return channel.position();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }
  }
}
