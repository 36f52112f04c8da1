package dev.millrace.io.parquet;

import dev.millrace.io.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Parquet files of any schema, with each list of rows as a row group, as Parquet writes them. */
public final class ParquetData {
  private ParquetData() {}

  public static byte[] of(MessageType type, Group... rows) throws IOException {
    return of(type, List.of(Arrays.asList(rows)));
  }

  public static byte[] of(MessageType type, List<List<Group>> rowGroups) throws IOException {
    ParquetProperties properties = ParquetFiles.properties().build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetFileWriter file = ParquetFiles.writer(new StreamFile(bytes), type, properties)) {
      file.start();
      for (List<Group> rows : rowGroups) {
        write(type, rows, properties, file);
      }
      file.end(ParquetFiles.METADATA);
    }
    return bytes.toByteArray();
  }

  private static void write(
      MessageType type, List<Group> rows, ParquetProperties properties, ParquetFileWriter file)
      throws IOException {
    try (PageCompressor compressor = PageCompressor.of(Compression.SNAPPY);
        ColumnChunkPageWriteStore pages =
            new ColumnChunkPageWriteStore(
                compressor,
                type,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        ColumnWriteStore columns = properties.newColumnWriteStore(type, pages, pages)) {
      RecordConsumer consumer = new ColumnIOFactory().getColumnIO(type).getRecordWriter(columns);
      rows.forEach(new GroupWriter(consumer, type)::write);
      consumer.flush();
      file.startBlock(rows.size());
      columns.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
  }
}
