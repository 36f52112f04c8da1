package dev.millrace.io.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/** How all Parquet files here are made: one place for the settings of the format. */
final class ParquetFiles {
  /** In every footer; it names no time and no host, so that equal rows give equal bytes. */
  static final Map<String, String> METADATA = Map.of("writer.model.name", "millrace");

  private static final int NO_PADDING = 0;

  private ParquetFiles() {}

  /**
   * Pages of version 1, which every reader knows. Sizes of levels are left out of the statistics:
   * they serve readers of deeply nested columns, and every column would pay for them.
   */
  static ParquetProperties.Builder properties() {
    return ParquetProperties.builder()
        // Not the default factory: behind it is one for the process, with the settings of whoever
        // built properties last. Another thread's columns would decide over our dictionaries.
        .withValuesWriterFactory(new DefaultV1ValuesWriterFactory())
        .withWriterVersion(WriterVersion.PARQUET_1_0)
        .withSizeStatisticsEnabled(false);
  }

  static ParquetFileWriter writer(OutputFile file, MessageType type, ParquetProperties properties)
      throws IOException {
    return new ParquetFileWriter(
        file, type, ParquetFileWriter.Mode.OVERWRITE, Long.MAX_VALUE, NO_PADDING, null, properties);
  }

  /** Copies the row groups of a file in memory to the end of another. */
  static void append(byte[] file, ParquetFileWriter to) throws IOException {
    MemoryFile memory = new MemoryFile(file);
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (SeekableInputStream in = memory.newStream()) {
      ParquetMetadata footer = ParquetFileReader.readFooter(memory, options, in);
      to.appendRowGroups(in, footer.getBlocks(), false);
    }
  }

  /** A file in memory, to be read. */
  private static final class MemoryFile implements InputFile {
    private final byte[] bytes;

    private MemoryFile(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getLength() {
      return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      return new MemoryStream(new Positioned(bytes));
    }
  }

  private static final class Positioned extends ByteArrayInputStream {
    private Positioned(byte[] bytes) {
      super(bytes);
    }

    private int position() {
      return pos;
    }

    private void seek(long position) {
      pos = Math.toIntExact(position);
    }
  }

  private static final class MemoryStream extends DelegatingSeekableInputStream {
    private final Positioned in;

    private MemoryStream(Positioned in) {
      super(in);
      this.in = in;
    }

    @Override
    public long getPos() {
      return in.position();
    }

    @Override
    public void seek(long position) {
      in.seek(position);
    }
  }
}
