package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** A column of numbers. A dictionary that grows too large is given up from the next page on. */
final class NumberColumn extends FlatColumn {
  private static final int LARGEST_DICTIONARY = 1 << 17;

  /** How numbers are stored. */
  enum Form {
    INT32,
    INT64,
    DOUBLE;

    void write(long bits, PlainBytes to) {
      if (this == INT32) {
        to.int32((int) bits);
      } else {
        to.int64(bits);
      }
    }

    /** Bits as a number in whose order the values are; applied twice, the bits again. */
    long ordered(long bits) {
      return this == DOUBLE ? bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE) : bits;
    }

    void describe(Statistics<?> statistics, long bits) {
      switch (this) {
        case INT32 -> statistics.updateStats((int) bits);
        case INT64 -> statistics.updateStats(bits);
        case DOUBLE -> statistics.updateStats(Double.longBitsToDouble(bits));
      }
    }
  }

  private final Form form;
  private final PlainBytes plain = new PlainBytes();
  private final DictionaryIds ids = new DictionaryIds();

  /** Null where there is none, or none any more. */
  private NumberDictionary dictionary;

  /** Of this page's plain values, {@linkplain Form#ordered ordered}. */
  private long least = Long.MAX_VALUE;

  private long greatest = Long.MIN_VALUE;

  NumberColumn(
      RecordSchema schema,
      int field,
      ColumnDescriptor descriptor,
      PageWriter pages,
      Form form,
      boolean dictionary) {
    super(schema, field, descriptor, pages);
    this.form = form;
    this.dictionary = dictionary ? new NumberDictionary() : null;
  }

  @Override
  void addValues(List<Record> stripe) {
    for (Record row : stripe) {
      if (isPresent(row)) {
        add(row.longAt(field));
      }
    }
  }

  private void add(long bits) {
    if (dictionary != null) {
      ids.add(dictionary.idOf(bits));
      return;
    }
    form.write(bits, plain);
    long ordered = form.ordered(bits);
    least = Math.min(least, ordered);
    greatest = Math.max(greatest, ordered);
  }

  @Override
  boolean isFull() {
    return dictionary == null ? plain.size() >= PAGE_BYTES : isDictionaryFull();
  }

  private boolean isDictionaryFull() {
    return dictionary.size() >= LARGEST_DICTIONARY;
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
      ids.forEachDistinct(dictionary.size(), id -> form.describe(statistics, dictionary.bits(id)));
    } else if (plain.size() > 0) {
      form.describe(statistics, form.ordered(least));
      form.describe(statistics, form.ordered(greatest));
    }
  }

  @Override
  void clearPage() throws IOException {
    plain.clear();
    ids.clear();
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
    if (dictionary != null && isDictionaryFull()) {
      endDictionary();
    }
  }

  @Override
  void endDictionary() throws IOException {
    if (usesDictionary()) {
      PlainBytes entries = new PlainBytes();
      for (int id = 0; id < dictionary.size(); id++) {
        form.write(dictionary.bits(id), entries);
      }
      writeDictionary(entries, dictionary.size());
    }
    dictionary = null;
  }
}
