package dev.millrace.io.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A stream, in memory or to a file, as what Parquet writes to. It can be written once, and its
 * footer, from {@link #beginFooter}, is put in order before it is written.
 */
final class StreamFile implements OutputFile {
  private final OutputStream out;

  /** Null before it begins. */
  private ByteArrayOutputStream footer;

  StreamFile(OutputStream out) {
    this.out = out;
  }

  /** What comes now is the end of the file. */
  void beginFooter() {
    footer = new ByteArrayOutputStream();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Positioned();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private final class Positioned extends PositionOutputStream {
    private long position;

    private OutputStream target() {
      return footer == null ? out : footer;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      target().write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target().write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (footer != null && footer.size() > 0) {
        out.write(ParquetFooter.ordered(footer.toByteArray()));
        footer.reset();
      }
      out.close();
    }
  }
}
