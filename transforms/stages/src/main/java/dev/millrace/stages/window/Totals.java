package dev.millrace.stages.window;

import dev.millrace.record.Record;
import java.util.List;

/** What is added up for one group in one window: the records, and the values of each measure. */
final class Totals {
  private final Total[] measures;
  private long records;

  private Totals(Total[] measures, long records) {
    this.measures = measures;
    this.records = records;
  }

  /** Made for each group of each bundle: without a stream. */
  static Totals none(List<Measure> measures) {
    Total[] none = new Total[measures.size()];
    for (int i = 0; i < none.length; i++) {
      none[i] = measures.get(i).total();
    }
    return new Totals(none, 0);
  }

  static Totals of(long records, Total[] measures) {
    return new Totals(measures, records);
  }

  /** Adds a record, whose measures are at these indexes. */
  void add(Record record, int[] fields) {
    records++;
    for (int i = 0; i < fields.length; i++) {
      if (!record.isNull(fields[i])) {
        measures[i].add(record, fields[i]);
      }
    }
  }

  /** Adds what others have added up; they stay as they are. */
  void merge(Totals other) {
    records += other.records;
    for (int i = 0; i < measures.length; i++) {
      measures[i].merge(other.measures[i]);
    }
  }

  long records() {
    return records;
  }

  int measures() {
    return measures.length;
  }

  Total of(int measure) {
    return measures[measure];
  }
}
