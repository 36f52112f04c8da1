package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** A column of text. */
final class TextColumn extends DictionaryColumn<TextDictionary> {
  /** Of this page's plain values; null if there are none. */
  private byte[] least;

  private byte[] greatest;

  TextColumn(
      RecordSchema schema,
      int field,
      ColumnDescriptor descriptor,
      PageWriter pages,
      boolean dictionary) {
    super(schema, field, descriptor, pages, dictionary ? new TextDictionary() : null);
  }

  @Override
  void addValues(List<Record> stripe) {
    if (dictionary == null) {
      addPlain(stripe);
    } else {
      addIds(stripe);
    }
  }

  private void addIds(List<Record> stripe) {
    for (Record row : stripe) {
      if (isPresent(row)) {
        ids.add(dictionary.idOf(row.array(), row.textStart(field), row.textLength(field)));
      }
    }
  }

  private void addPlain(List<Record> stripe) {
    for (Record row : stripe) {
      if (isPresent(row)) {
        byte[] array = row.array();
        int start = row.textStart(field);
        int length = row.textLength(field);
        plain.text(array, start, length);
        compare(array, start, start + length);
      }
    }
  }

  /** As unsigned bytes, the order of UTF-8 that Parquet's statistics are in. */
  private void compare(byte[] array, int start, int end) {
    if (least == null) {
      least = Arrays.copyOfRange(array, start, end);
      greatest = least;
    } else if (Arrays.compareUnsigned(array, start, end, least, 0, least.length) < 0) {
      least = Arrays.copyOfRange(array, start, end);
    } else if (Arrays.compareUnsigned(array, start, end, greatest, 0, greatest.length) > 0) {
      greatest = Arrays.copyOfRange(array, start, end);
    }
  }

  @Override
  void describeEntry(int id, Statistics<?> statistics) {
    statistics.updateStats(dictionary.text(id));
  }

  @Override
  void describePlain(Statistics<?> statistics) {
    statistics.updateStats(Binary.fromConstantByteArray(least));
    statistics.updateStats(Binary.fromConstantByteArray(greatest));
  }

  @Override
  void clearBounds() {
    least = null;
    greatest = null;
  }
}
