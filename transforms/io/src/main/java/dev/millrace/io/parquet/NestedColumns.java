package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.schema.MessageType;

/** The columns of objects and arrays, through Parquet's column writers, which know levels. */
final class NestedColumns implements AutoCloseable {
  private final List<NestedColumn> columns;
  private final List<ColumnDescriptor> descriptors;

  /** Null without columns. */
  private final ColumnWriteStore store;

  private NestedColumns(
      List<NestedColumn> columns, List<ColumnDescriptor> descriptors, ColumnWriteStore store) {
    this.columns = columns;
    this.descriptors = descriptors;
    this.store = store;
  }

  /** Those of a schema; there may be none. */
  static NestedColumns of(RecordSchema schema, MessageType type, ColumnChunkPageWriteStore pages) {
    int[] fields =
        IntStream.range(0, schema.size())
            .filter(field -> schema.field(field).nested() != null)
            .toArray();
    if (fields.length == 0) {
      return new NestedColumns(List.of(), List.of(), null);
    }
    List<NestedColumn> columns = new ArrayList<>();
    for (int field : fields) {
      columns.addAll(NestedColumn.of(schema.field(field), field));
    }
    MessageType only =
        new MessageType(type.getName(), IntStream.of(fields).mapToObj(type::getType).toList());
    return new NestedColumns(
        columns,
        only.getColumns(),
        ParquetFiles.properties().build().newColumnWriteStore(only, pages, pages));
  }

  void add(List<Record> stripe) {
    if (store == null) {
      return;
    }
    Iterator<ColumnDescriptor> all = descriptors.iterator();
    for (NestedColumn column : columns) {
      column.write(stripe, store.getColumnWriter(all.next()));
    }
    for (int row = 0; row < stripe.size(); row++) {
      store.endRecord();
    }
  }

  /** Writes what is left; nothing can be added any more. */
  void end() {
    if (store != null) {
      store.flush();
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
