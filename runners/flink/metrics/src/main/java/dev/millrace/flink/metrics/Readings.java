package dev.millrace.flink.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is shown of runs at one time: the numbers of all subtasks, made one for each series. */
public final class Readings {
  private final SortedMap<Series, Double> values = new TreeMap<>();

  /** Adds the value of one subtask. */
  public void add(Series series, double value) {
    values.merge(series, value, series.family()::combine);
  }

  /** The values in their order: a histogram's buckets by bound, each without those below it. */
  public SortedMap<Series, Double> values() {
    return Collections.unmodifiableSortedMap(values);
  }
}
