package dev.millrace.operate.diff;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row that only one side has.
 *
 * @param partition the partition that it is in
 * @param values the values of its fields as JSON, by name; those without a value are left out
 */
public record RowSample(String partition, SortedMap<String, String> values) {

  /** Keeps an immutable map. */
  public RowSample {
    SortedMap<String, String> there = new TreeMap<>(values);
    there.values().removeIf(RowText.NULL::equals);
    values = Collections.unmodifiableSortedMap(there);
  }
}
