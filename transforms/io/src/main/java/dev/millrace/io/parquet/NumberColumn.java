package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** A column of numbers. */
final class NumberColumn extends DictionaryColumn<NumberDictionary> {
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
    super(schema, field, descriptor, pages, dictionary ? new NumberDictionary(form) : null);
    this.form = form;
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
  void describeEntry(int id, Statistics<?> statistics) {
    form.describe(statistics, dictionary.bits(id));
  }

  @Override
  void describePlain(Statistics<?> statistics) {
    form.describe(statistics, form.ordered(least));
    form.describe(statistics, form.ordered(greatest));
  }

  @Override
  void clearBounds() {
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
  }
}
