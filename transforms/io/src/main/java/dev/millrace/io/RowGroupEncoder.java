package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Encodes rows as one row group: a complete Parquet file in memory, whose row group is later copied
 * into a larger file as it is.
 *
 * <p>It drives Parquet's column writers itself, a column at a time over a thousand rows. Parquet's
 * own way, a {@code WriteSupport} that is called with one record after the other, walks all columns
 * for each row and checks what the schema here already says.
 */
final class RowGroupEncoder implements TableEncoder {
  /** The rows of a stripe: their values stay in the processor's cache between columns. */
  private static final int STRIPE = 1000;

  private final RecordSchema schema;
  private final MessageType type;
  private final Compression compression;
  private final DictionaryChoice dictionary = new DictionaryChoice();

  RowGroupEncoder(RecordSchema schema, Compression compression) {
    this.schema = schema;
    this.type = MessageTypes.of(schema);
    this.compression = compression;
  }

  /** The file of these rows, in their order; there must be at least one. */
  @Override
  public byte[] encode(List<Record> rows) throws IOException {
    ParquetProperties properties = properties(rows);
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
        ColumnWriteStore columns = properties.newColumnWriteStore(type, pages, pages);
        ParquetFileWriter file = ParquetFiles.writer(stream, type, properties)) {
      writeRows(rows, columns);
      file.start();
      file.startBlock(rows.size());
      columns.flush();
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

  private ParquetProperties properties(List<Record> rows) {
    ParquetProperties.Builder properties = ParquetFiles.properties();
    for (int field = 0; field < schema.size(); field++) {
      RecordSchema.Field column = schema.field(field);
      if (column.nested() != null) {
        continue;
      }
      properties.withDictionaryEncoding(column.name(), dictionary.pays(rows, field, column.type()));
    }
    return properties.build();
  }

  private void writeRows(List<Record> rows, ColumnWriteStore columns) {
    List<ColumnDescriptor> descriptors = type.getColumns();
    for (int start = 0; start < rows.size(); start += STRIPE) {
      List<Record> stripe = rows.subList(start, Math.min(rows.size(), start + STRIPE));
      Iterator<ColumnWriter> writers =
          descriptors.stream().map(columns::getColumnWriter).iterator();
      for (int field = 0; field < schema.size(); field++) {
        write(stripe, field, writers);
      }
      for (int row = 0; row < stripe.size(); row++) {
        columns.endRecord();
      }
    }
  }

  private void write(List<Record> rows, int index, Iterator<ColumnWriter> writers) {
    RecordSchema.Field field = schema.field(index);
    if (field.nested() == null) {
      write(rows, index, field, writers.next());
    } else {
      NestedColumn.of(field, index).forEach(column -> column.write(rows, writers.next()));
    }
  }

  private void write(List<Record> rows, int index, RecordSchema.Field field, ColumnWriter column) {
    int defined = field.nullable() ? 1 : 0;
    switch (MessageTypes.physical(field)) {
      case BINARY -> writeText(rows, index, column, defined);
      case DOUBLE -> writeDoubles(rows, index, column, defined);
      case BOOLEAN -> writeBooleans(rows, index, column, defined);
      case INT32 -> writeInts(rows, index, column, defined);
      default -> writeLongs(rows, index, column, defined);
    }
  }

  private void writeText(List<Record> rows, int field, ColumnWriter column, int defined) {
    for (Record row : rows) {
      if (row.isNull(field)) {
        writeNull(field, column);
      } else {
        Binary text =
            Binary.fromConstantByteArray(row.array(), row.textStart(field), row.textLength(field));
        column.write(text, 0, defined);
      }
    }
  }

  private void writeDoubles(List<Record> rows, int field, ColumnWriter column, int defined) {
    for (Record row : rows) {
      if (row.isNull(field)) {
        writeNull(field, column);
      } else {
        column.write(row.doubleAt(field), 0, defined);
      }
    }
  }

  private void writeBooleans(List<Record> rows, int field, ColumnWriter column, int defined) {
    for (Record row : rows) {
      if (row.isNull(field)) {
        writeNull(field, column);
      } else {
        column.write(row.booleanAt(field), 0, defined);
      }
    }
  }

  private void writeInts(List<Record> rows, int field, ColumnWriter column, int defined) {
    for (Record row : rows) {
      if (row.isNull(field)) {
        writeNull(field, column);
      } else {
        column.write(Math.toIntExact(row.longAt(field)), 0, defined);
      }
    }
  }

  private void writeLongs(List<Record> rows, int field, ColumnWriter column, int defined) {
    for (Record row : rows) {
      if (row.isNull(field)) {
        writeNull(field, column);
      } else {
        column.write(row.longAt(field), 0, defined);
      }
    }
  }

  private void writeNull(int field, ColumnWriter column) {
    if (!schema.field(field).nullable()) {
      throw new IllegalArgumentException(
          "Cannot write %s: required field %s has no value"
              .formatted(schema.name(), schema.field(field).name()));
    }
    column.writeNull(0, 0);
  }
}
