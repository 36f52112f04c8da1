package dev.millrace.io.parquet;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a column of a row group is worth a dictionary, from a sample of its values. Parquet finds
 * that out by itself, after it has built one: for identifiers, that is half the cost of a column.
 */
final class DictionaryChoice {
  private static final int SAMPLE = 2048;

  /** Out of ten sampled values, how many may be distinct. */
  private static final int DISTINCT_OF_TEN = 9;

  private final long[] hashes = new long[SAMPLE];

  /** Whether values repeat often enough among the rows. */
  boolean pays(List<Record> rows, int field, FieldType type) {
    int step = Math.max(1, rows.size() / SAMPLE);
    int sampled = 0;
    for (int i = 0; i < rows.size() && sampled < SAMPLE; i += step) {
      Record row = rows.get(i);
      if (!row.isNull(field)) {
        hashes[sampled++] = type == FieldType.STRING ? hash(row, field) : row.longAt(field);
      }
    }
    Arrays.sort(hashes, 0, sampled);
    int distinct = sampled == 0 ? 0 : 1;
    for (int i = 1; i < sampled; i++) {
      if (hashes[i] != hashes[i - 1]) {
        distinct++;
      }
    }
    return 10L * distinct <= (long) DISTINCT_OF_TEN * sampled;
  }

  private static long hash(Record row, int field) {
    byte[] array = row.array();
    int end = row.textStart(field) + row.textLength(field);
    long hash = row.textLength(field);
    for (int i = row.textStart(field); i < end; i++) {
      hash = hash * 0x9E3779B97F4A7C15L + array[i];
    }
    return hash;
  }
}
