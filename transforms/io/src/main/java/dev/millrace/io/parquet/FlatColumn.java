package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/**
 * Encodes a field that is neither object nor array as the pages of a column: data pages of version
 * 1 (parquet-format, "Data Pages"), which every reader knows.
 *
 * <p>Parquet's column writer takes a value at a time, of any kind, at any depth, and decides anew
 * for each. Here a column has one kind of value and at most one level, and gets many rows at once.
 */
abstract class FlatColumn {
  /** As Parquet's writer has it: readers pass over a page, not over a part of one. */
  static final int PAGE_ROWS = 20_000;

  /** The rows that are added at once. */
  static final int STRIPE = 1_000;

  static final int PAGE_BYTES = 1 << 20;

  /** What version 1 calls the encoding of a dictionary and of numbers of its entries. */
  @SuppressWarnings("deprecation")
  static final Encoding DICTIONARY = Encoding.PLAIN_DICTIONARY;

  /** What files of version 1 name where there are no levels. */
  @SuppressWarnings("deprecation")
  private static final Encoding NO_LEVELS = Encoding.BIT_PACKED;

  final int field;
  private final String record;
  private final RecordSchema.Field column;
  private final ColumnDescriptor descriptor;
  private final PageWriter pages;

  /** A bit a row of this page: whether it has a value. */
  private final byte[] present = new byte[(PAGE_ROWS + STRIPE) / Byte.SIZE];

  private int rows;
  private int nulls;

  FlatColumn(RecordSchema schema, int field, ColumnDescriptor descriptor, PageWriter pages) {
    this.field = field;
    this.record = schema.name();
    this.column = schema.field(field);
    this.descriptor = descriptor;
    this.pages = pages;
  }

  /**
   * A column of a schema.
   *
   * @param dictionary whether its values seem to repeat
   */
  static FlatColumn of(
      RecordSchema schema,
      int field,
      ColumnDescriptor descriptor,
      PageWriter pages,
      boolean dictionary) {
    return switch (MessageTypes.physical(schema.field(field))) {
      case BINARY -> new TextColumn(schema, field, descriptor, pages, dictionary);
      case BOOLEAN -> new BooleanColumn(schema, field, descriptor, pages);
      case INT32 ->
          new NumberColumn(schema, field, descriptor, pages, NumberColumn.Form.INT32, dictionary);
      case DOUBLE ->
          new NumberColumn(schema, field, descriptor, pages, NumberColumn.Form.DOUBLE, dictionary);
      default ->
          new NumberColumn(schema, field, descriptor, pages, NumberColumn.Form.INT64, dictionary);
    };
  }

  /** Adds the values of {@link #STRIPE} rows at most. */
  final void add(List<Record> stripe) throws IOException {
    addValues(stripe);
    if (rows >= PAGE_ROWS || isFull()) {
      endPage();
    }
  }

  /** Writes what is left; nothing can be added any more. */
  final void end() throws IOException {
    if (rows > 0) {
      endPage();
    }
    endDictionary();
  }

  private void endPage() throws IOException {
    Statistics<?> statistics = Statistics.createStats(descriptor.getPrimitiveType());
    describe(statistics);
    statistics.incrementNumNulls(nulls);
    pages.writePage(
        BytesInput.concat(definitionLevels(), values()),
        rows,
        rows,
        statistics,
        NO_LEVELS,
        column.nullable() ? Encoding.RLE : NO_LEVELS,
        encoding());
    Arrays.fill(present, (byte) 0);
    rows = 0;
    nulls = 0;
    clearPage();
  }

  final void writeDictionary(PlainBytes entries, int size) throws IOException {
    pages.writeDictionaryPage(new DictionaryPage(entries.input(), size, DICTIONARY));
  }

  /** Whether a row has a value; to be asked once for each row, in their order. */
  final boolean isPresent(Record row) {
    boolean is = !row.isNull(field);
    if (is) {
      present[rows >>> 3] |= (byte) (1 << (rows & 7));
    } else {
      requireNullable();
      nulls++;
    }
    rows++;
    return is;
  }

  private void requireNullable() {
    if (!column.nullable()) {
      throw new IllegalArgumentException(
          "Cannot write %s: required field %s has no value".formatted(record, column.name()));
    }
  }

  /**
   * For a column that may be null, how many of its one optional field are there: one run if all
   * rows have a value or none has, and else a bit a row, all after their length.
   */
  private BytesInput definitionLevels() {
    if (!column.nullable()) {
      return BytesInput.empty();
    }
    PlainBytes runs = new PlainBytes();
    if (nulls == 0 || nulls == rows) {
      runs.varInt(rows << 1);
      runs.int8(nulls == 0 ? 1 : 0);
    } else {
      int groups = (rows + Byte.SIZE - 1) / Byte.SIZE;
      runs.varInt((groups << 1) | 1);
      runs.raw(present, 0, groups);
    }
    return BytesInput.concat(BytesInput.fromInt(runs.size()), runs.input());
  }

  /** Adds the values of rows that have one. */
  abstract void addValues(List<Record> stripe);

  /** Whether the values of this page, or the dictionary, are as large as they should get. */
  abstract boolean isFull();

  /** The values of this page. */
  abstract BytesInput values();

  abstract Encoding encoding();

  /** Tells the least and the greatest value of this page. */
  abstract void describe(Statistics<?> statistics);

  /** Goes on to the next page, without a dictionary that got too large. */
  abstract void clearPage() throws IOException;

  /** Writes the dictionary, if there is one that isn't written yet. */
  abstract void endDictionary() throws IOException;
}
