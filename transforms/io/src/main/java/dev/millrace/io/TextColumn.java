package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** A column of text. A dictionary that grows too large is given up from the next page on. */
final class TextColumn extends FlatColumn {
  private static final int LARGEST_DICTIONARY = 1 << 20;

  private final PlainBytes plain = new PlainBytes();
  private final DictionaryIds ids = new DictionaryIds();

  /** Null where there is none, or none any more. */
  private TextDictionary dictionary;

  /** Of this page's plain values; null if there are none. */
  private byte[] least;

  private byte[] greatest;

  TextColumn(
      RecordSchema schema,
      int field,
      ColumnDescriptor descriptor,
      PageWriter pages,
      boolean dictionary) {
    super(schema, field, descriptor, pages);
    this.dictionary = dictionary ? new TextDictionary() : null;
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
  boolean isFull() {
    return dictionary == null ? plain.size() >= PAGE_BYTES : isDictionaryFull();
  }

  private boolean isDictionaryFull() {
    return dictionary.entries().size() >= LARGEST_DICTIONARY;
  }

  /** An empty one would be none to readers. */
  private boolean usesDictionary() {
    return dictionary != null && dictionary.size() > 0;
  }

  @Override
  BytesInput values() {
    return usesDictionary() ? ids.encode(dictionary.size()) : plain.input();
  }

  @Override
  Encoding encoding() {
    return usesDictionary() ? DICTIONARY : Encoding.PLAIN;
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (usesDictionary()) {
      ids.forEachDistinct(dictionary.size(), id -> statistics.updateStats(dictionary.text(id)));
    } else if (least != null) {
      statistics.updateStats(Binary.fromConstantByteArray(least));
      statistics.updateStats(Binary.fromConstantByteArray(greatest));
    }
  }

  @Override
  void clearPage() throws IOException {
    plain.clear();
    ids.clear();
    least = null;
    greatest = null;
    if (dictionary != null && isDictionaryFull()) {
      endDictionary();
    }
  }

  @Override
  void endDictionary() throws IOException {
    if (usesDictionary()) {
      writeDictionary(dictionary.entries(), dictionary.size());
    }
    dictionary = null;
  }
}
