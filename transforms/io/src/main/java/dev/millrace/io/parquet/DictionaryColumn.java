package dev.millrace.io.parquet;

import dev.millrace.record.RecordSchema;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A column whose values may be in a dictionary. One that grows too large is given up from the next
 * page on.
 */
abstract class DictionaryColumn<D extends ColumnDictionary> extends FlatColumn {
  /** The values of this page where there is no dictionary. */
  final PlainBytes plain = new PlainBytes();

  /** And where there is one. */
  final DictionaryIds ids = new DictionaryIds();

  /** Null where there is none, or none any more. */
  D dictionary;

  DictionaryColumn(
      RecordSchema schema, int field, ColumnDescriptor descriptor, PageWriter pages, D dictionary) {
    super(schema, field, descriptor, pages);
    this.dictionary = dictionary;
  }

  @Override
  final boolean isFull() {
    return dictionary == null ? plain.size() >= PAGE_BYTES : dictionary.isFull();
  }

  /** An empty one would be none to readers. */
  private boolean usesDictionary() {
    return dictionary != null && dictionary.size() > 0;
  }

  @Override
  final BytesInput values() {
    return usesDictionary() ? ids.encode(dictionary.size()) : plain.input();
  }

  @Override
  final Encoding encoding() {
    return usesDictionary() ? DICTIONARY : Encoding.PLAIN;
  }

  @Override
  final void describe(Statistics<?> statistics) {
    if (usesDictionary()) {
      ids.forEachDistinct(dictionary.size(), id -> describeEntry(id, statistics));
    } else if (plain.size() > 0) {
      describePlain(statistics);
    }
  }

  @Override
  final void clearPage() throws IOException {
    plain.clear();
    ids.clear();
    clearBounds();
    if (dictionary != null && dictionary.isFull()) {
      endDictionary();
    }
  }

  @Override
  final void endDictionary() throws IOException {
    if (usesDictionary()) {
      writeDictionary(dictionary.page(), dictionary.size());
    }
    dictionary = null;
  }

  /** Tells a value of the dictionary. */
  abstract void describeEntry(int id, Statistics<?> statistics);

  /** Tells the least and the greatest of this page's plain values, of which there are some. */
  abstract void describePlain(Statistics<?> statistics);

  /** Forgets the least and the greatest plain value. */
  abstract void clearBounds();
}
