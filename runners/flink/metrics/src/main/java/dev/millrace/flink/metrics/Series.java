package dev.millrace.flink.metrics;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the numbers of a family, told from the others by its labels. Those of one run are from
 * many subtasks, which do not matter to who watches it.
 *
 * @param family what it is
 * @param labels the labels by name; a bucket of a histogram has {@link #BOUND}, its sum none
 */
public record Series(Family family, SortedMap<String, String> labels)
    implements Comparable<Series> {
  /** The label of a bucket: its upper bound in seconds, inclusive. */
  public static final String BOUND = "le";

  /** The upper bound of all there is. */
  static final String INFINITY = "+Inf";

  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::family)
          .thenComparing(series -> series.without(BOUND).toString())
          .thenComparing(Series::bound);

  /** Keeps an unmodifiable copy of the labels. */
  public Series {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  static Series of(Family family, String run) {
    return new Series(family, new TreeMap<>(Map.of("run", run)));
  }

  Series with(String label, String value) {
    SortedMap<String, String> more = new TreeMap<>(labels);
    more.put(label, value);
    return new Series(family, more);
  }

  /** The labels but for one. */
  SortedMap<String, String> without(String label) {
    SortedMap<String, String> fewer = new TreeMap<>(labels);
    fewer.remove(label);
    return fewer;
  }

  /** In the order of the bounds, the sum after them. */
  private double bound() {
    String bound = labels.get(BOUND);
    if (bound == null) {
      return Double.NaN; // is after infinity
    }
    return bound.equals(INFINITY) ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
