package dev.millrace.io.table;

import dev.millrace.record.Record;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which rows of several bundles are put together: by event time, then source and
 * offset, then content, so that it depends on the rows alone and not on how they arrived.
 */
enum RowOrder implements Comparator<Record> {
  BY_TIME;

  @Override
  public int compare(Record a, Record b) {
    int order = Long.compare(a.eventTimeMillis(), b.eventTimeMillis());
    if (order == 0) {
      order = a.source().compareTo(b.source());
    }
    if (order == 0) {
      order = Long.compare(a.offset(), b.offset());
    }
    return order == 0 ? compareContent(a, b) : order;
  }

  private static int compareContent(Record a, Record b) {
    return Arrays.compareUnsigned(
        a.array(),
        a.contentStart(),
        a.contentStart() + a.contentLength(),
        b.array(),
        b.contentStart(),
        b.contentStart() + b.contentLength());
  }
}
