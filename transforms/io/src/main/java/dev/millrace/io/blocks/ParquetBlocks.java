package dev.millrace.io.blocks;

import dev.millrace.io.avro.AvroBytes;
import dev.millrace.io.parquet.PageDecompressor;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a Parquet file as blocks of records in Avro's binary encoding, whose schema is
 * made of the file's: so that they are decoded, and rejected, as those of Avro files are. The
 * offset of a record is the number of its row in the file, from 0.
 *
 * <p>Row groups are read one after the other: of each, the columns' pages are in memory as they are
 * in the file, and one page of each column uncompressed.
 */
public final class ParquetBlocks implements RawBlocks, Closeable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final byte[] ENCRYPTED = {'P', 'A', 'R', 'E'};

  /** A file without any row has its magic twice and the length of a footer between. */
  private static final int MIN_BYTES = 12;

  private final SeekableByteChannel channel;
  private final long bytes;
  private final String source;
  private final int blockBytes;
  private final int maxRecordBytes;
  private final AvroBytes out;
  private final RecordSpans spans = new RecordSpans();

  /** Null until the footer has been read. */
  private ParquetFileReader reader;

  private AvroHeader header;
  private MessageColumnIO columns;
  private ParquetDatum datum;

  private RecordReader<Boolean> rows;
  private long remaining;
  private int rowGroup = -1;
  private long number;

  public ParquetBlocks(
      SeekableByteChannel channel, long bytes, String source, int blockBytes, int maxRecordBytes) {
    this.channel = channel;
    this.bytes = bytes;
    this.source = source;
    this.blockBytes = blockBytes;
    this.maxRecordBytes = maxRecordBytes;
    this.out = new AvroBytes((long) blockBytes + maxRecordBytes);
  }

  @Override
  public RawBlock next() throws IOException {
    if (bytes == 0) {
      return null;
    }
    if (reader == null) {
      checkMagic();
      open();
    }
    try {
      return readRows() ? take() : null;
    } catch (IOException | RuntimeException e) { // Parquet throws more than it declares
      throw new IOException(
          "corrupt row group %s, after %s rows: %s".formatted(rowGroup, number, reason(e)), e);
    }
  }

  private void checkMagic() throws IOException {
    byte[] start = read(0);
    if (Arrays.equals(start, ENCRYPTED)) {
      throw new IOException("its footer is encrypted");
    }
    if (!Arrays.equals(start, MAGIC)) {
      throw new IOException(
          "no Parquet file: it starts with %s (expected %s)".formatted(hex(start), hex(MAGIC)));
    }
    byte[] end = read(Math.max(0, bytes - MAGIC.length));
    if (bytes < MIN_BYTES || !Arrays.equals(end, MAGIC)) {
      throw new EOFException(
          "truncated Parquet file: it ends with %s after %s bytes (expected %s)"
              .formatted(hex(end), bytes, hex(MAGIC)));
    }
  }

  private byte[] read(long position) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
    channel.position(position);
    while (magic.hasRemaining() && channel.read(magic) >= 0) {}
    return Arrays.copyOf(magic.array(), magic.position());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void open() throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageDecompressor())
            .build();
    try {
      reader = ParquetFileReader.open(new ChannelFile(channel, bytes), options);
      MessageType type = reader.getFileMetaData().getSchema();
      header = new AvroHeader(ParquetAsAvro.schema(type));
      columns = new ColumnIOFactory(reader.getFileMetaData().getCreatedBy()).getColumnIO(type);
      datum = new ParquetDatum(type, out);
    } catch (IOException | RuntimeException e) { // Parquet throws more than it declares
      throw new IOException("corrupt footer: " + reason(e), e);
    }
    for (BlockMetaData group : reader.getRowGroups()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        PageDecompressor.check(column);
      }
    }
  }

  /** Reads rows for a block, unless none are left. */
  private boolean readRows() throws IOException {
    while (remaining == 0) {
      rowGroup++;
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        return false;
      }
      remaining = pages.getRowCount();
      rows = columns.getRecordReader(pages, datum);
    }
    while (remaining > 0 && out.length() < blockBytes) {
      int start = out.length();
      rows.read();
      if (out.length() - start > maxRecordBytes) {
        throw new IOException("the next is longer than %s bytes".formatted(maxRecordBytes));
      }
      spans.add(start, out.length());
      remaining--;
      number++;
    }
    return true;
  }

  private RawBlock take() {
    RawBlock block = spans.take(source, number - spans.size(), out.array(), header);
    out.clear();
    return block;
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return message.lines().findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
    channel.close();
  }
}
