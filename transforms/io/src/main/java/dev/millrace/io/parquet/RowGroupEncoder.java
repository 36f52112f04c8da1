package dev.millrace.io.parquet;

import dev.millrace.io.Compression;
import dev.millrace.io.TableEncoder;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Encodes rows as one row group: a complete Parquet file in memory, whose row group is later copied
 * into a larger file as it is.
 *
 * <p>It makes the pages itself, a column at a time over a thousand rows, whose values so stay in
 * the processor's cache. Parquet's own way, a {@code WriteSupport} that is called with one record
 * after the other, walks all columns for each row and checks what the schema here already says.
 */
public final class RowGroupEncoder implements TableEncoder {
  private final RecordSchema schema;
  private final MessageType type;
  private final Compression compression;
  private final DictionaryChoice dictionary = new DictionaryChoice();

  /** Encodes rows of a schema, a column for each field. */
  public RowGroupEncoder(RecordSchema schema, Compression compression) {
    this.schema = schema;
    this.type = MessageTypes.of(schema);
    this.compression = compression;
  }

  /** The file of these rows, in their order; there must be at least one. */
  @Override
  public byte[] encode(List<Record> rows) throws IOException {
    ParquetProperties properties = ParquetFiles.properties().build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    StreamFile stream = new StreamFile(bytes);
    try (PageCompressor compressor = PageCompressor.of(compression);
        ColumnChunkPageWriteStore pages =
            new ColumnChunkPageWriteStore(
                compressor,
                type,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        ParquetFileWriter file = ParquetFiles.writer(stream, type, properties)) {
      writeRows(rows, pages);
      file.start();
      file.startBlock(rows.size());
      pages.flushToFileWriter(file);
      file.endBlock();
      stream.beginFooter();
      file.end(ParquetFiles.METADATA);
    }
    return bytes.toByteArray();
  }

  @Override
  public String extension() {
    return ".parquet";
  }

  @Override
  public void join(List<Part> rowGroups, OutputStream out) throws IOException {
    StreamFile stream = new StreamFile(out);
    try (ParquetFileWriter file =
        ParquetFiles.writer(stream, type, ParquetFiles.properties().build())) {
      file.start();
      for (Part rowGroup : rowGroups) {
        ParquetFiles.append(rowGroup.read(), file);
      }
      stream.beginFooter();
      file.end(ParquetFiles.METADATA);
    }
  }

  /** Columns of fields that have one, each for itself; the rest through Parquet's writers. */
  private void writeRows(List<Record> rows, ColumnChunkPageWriteStore pages) throws IOException {
    List<FlatColumn> flat = new ArrayList<>();
    for (int field = 0; field < schema.size(); field++) {
      if (schema.field(field).nested() == null) {
        flat.add(flatColumn(rows, field, pages));
      }
    }
    try (NestedColumns nested = NestedColumns.of(schema, type, pages)) {
      for (int start = 0; start < rows.size(); start += FlatColumn.STRIPE) {
        List<Record> stripe = rows.subList(start, Math.min(rows.size(), start + FlatColumn.STRIPE));
        for (FlatColumn column : flat) {
          column.add(stripe);
        }
        nested.add(stripe);
      }
      for (FlatColumn column : flat) {
        column.end();
      }
      nested.end();
    }
  }

  private FlatColumn flatColumn(List<Record> rows, int field, ColumnChunkPageWriteStore pages) {
    RecordSchema.Field column = schema.field(field);
    ColumnDescriptor descriptor = type.getColumnDescription(new String[] {column.name()});
    return FlatColumn.of(
        schema,
        field,
        descriptor,
        pages.getPageWriter(descriptor),
        dictionary.pays(rows, field, column.type()));
  }
}
