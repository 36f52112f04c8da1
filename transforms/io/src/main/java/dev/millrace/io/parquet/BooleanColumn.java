package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** A column of booleans: a bit each, the lowest of a byte first. */
final class BooleanColumn extends FlatColumn {
  private final byte[] bits = new byte[(PAGE_ROWS + STRIPE) / Byte.SIZE];
  private int size;
  private int trues;

  BooleanColumn(RecordSchema schema, int field, ColumnDescriptor descriptor, PageWriter pages) {
    super(schema, field, descriptor, pages);
  }

  @Override
  void addValues(List<Record> stripe) {
    for (Record row : stripe) {
      if (isPresent(row)) {
        if (row.booleanAt(field)) {
          bits[size >>> 3] |= (byte) (1 << (size & 7));
          trues++;
        }
        size++;
      }
    }
  }

  @Override
  boolean isFull() {
    return false;
  }

  @Override
  BytesInput values() {
    return BytesInput.from(bits, 0, (size + Byte.SIZE - 1) / Byte.SIZE);
  }

  @Override
  Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (trues > 0) {
      statistics.updateStats(true);
    }
    if (trues < size) {
      statistics.updateStats(false);
    }
  }

  @Override
  void clearPage() {
    Arrays.fill(bits, (byte) 0);
    size = 0;
    trues = 0;
  }

  @Override
  void endDictionary() {
    // two values need none
  }
}
