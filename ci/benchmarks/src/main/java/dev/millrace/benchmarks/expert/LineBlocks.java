package dev.millrace.benchmarks.expert;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Reads a file as blocks of whole lines, so that what a source does for an element it does seldom.
 */
final class LineBlocks extends SimpleStreamFormat<byte[]> {
  private static final int BLOCK = 256 << 10;

  @Override
  public Reader createReader(Configuration settings, FSDataInputStream file) {
    return new Reader(file);
  }

  @Override
  public TypeInformation<byte[]> getProducedType() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }

  /** Reads one file. */
  static final class Reader implements StreamFormat.Reader<byte[]> {
    private final FSDataInputStream file;
    private byte[] buffer = new byte[BLOCK];
    private int size;

    private Reader(FSDataInputStream file) {
      this.file = file;
    }

    /** The next lines, the last of which may lack its end at the end of the file; null after it. */
    @Override
    public byte[] read() throws IOException {
      while (true) {
        int end = fill() ? lastLineEnd() : size;
        if (end > 0) {
          byte[] block = Arrays.copyOf(buffer, end);
          System.arraycopy(buffer, end, buffer, 0, size - end);
          size -= end;
          return block;
        }
        if (size == 0) {
          return null;
        }
        buffer = Arrays.copyOf(buffer, 2 * buffer.length); // a line that is longer than the buffer
      }
    }

    /** Fills the buffer; returns whether there may be more in the file. */
    private boolean fill() throws IOException {
      while (size < buffer.length) {
        int read = file.read(buffer, size, buffer.length - size);
        if (read < 0) {
          return false;
        }
        size += read;
      }
      return true;
    }

    private int lastLineEnd() {
      int end = size;
      while (end > 0 && buffer[end - 1] != '\n') {
        end--;
      }
      return end;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
