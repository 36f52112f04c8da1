package dev.millrace.operate.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the first rows of a partition that differ, after they have been counted: all staged rows
 * come first, then the published ones, each side until it is not wanted any more.
 */
final class SampleSearch {
  private final String partition;
  private final List<String> key;
  private final RowBalance balance;
  private final long wantedAdded;
  private final long wantedRemoved;
  private final long wantedChanged;
  private final List<RowSample> added = new ArrayList<>();
  private final List<RowSample> removed = new ArrayList<>();
  private final List<Changed> changed = new ArrayList<>();

  /** Those changed rows whose published ones are still to be found, by key, in their order. */
  private final Map<HashValue128, Deque<Changed>> open = new HashMap<>();

  /**
   * A search.
   *
   * @param mostAdded how many added rows are wanted, if there are so many; the others likewise
   */
  SampleSearch(
      String partition,
      List<String> key,
      RowBalance balance,
      int mostAdded,
      int mostRemoved,
      int mostChanged) {
    this.partition = partition;
    this.key = key;
    this.balance = balance;
    this.wantedAdded = Math.min(mostAdded, balance.added());
    this.wantedRemoved = Math.min(mostRemoved, balance.removed());
    this.wantedChanged = Math.min(mostChanged, balance.changed());
  }

  boolean wantsStaged() {
    return added.size() < wantedAdded || changed.size() < wantedChanged;
  }

  void takeStaged(SortedMap<String, String> row) {
    switch (balance.ofStaged(row)) {
      case ALONE -> {
        if (added.size() < wantedAdded) {
          added.add(new RowSample(partition, row));
        }
      }
      case CHANGED -> {
        if (changed.size() < wantedChanged) {
          Changed sample = new Changed(row);
          changed.add(sample);
          open.computeIfAbsent(balance.keyOf(row), each -> new ArrayDeque<>()).add(sample);
        }
      }
      case SAME -> {}
    }
  }

  boolean wantsPublished() {
    return removed.size() < wantedRemoved || !open.isEmpty();
  }

  void takePublished(SortedMap<String, String> row) {
    switch (balance.ofPublished(row)) {
      case ALONE -> {
        if (removed.size() < wantedRemoved) {
          removed.add(new RowSample(partition, row));
        }
      }
      case CHANGED -> close(row);
      case SAME -> {}
    }
  }

  private void close(SortedMap<String, String> row) {
    HashValue128 rowKey = balance.keyOf(row);
    Deque<Changed> waiting = open.get(rowKey);
    if (waiting != null) {
      waiting.remove().published = row;
      if (waiting.isEmpty()) {
        open.remove(rowKey);
      }
    }
  }

  List<RowSample> added() {
    return added;
  }

  List<RowSample> removed() {
    return removed;
  }

  List<ChangedSample> changed() {
    return changed.stream().map(this::sample).toList();
  }

  private ChangedSample sample(Changed sample) {
    SortedMap<String, String> values = new TreeMap<>(sample.staged);
    values.keySet().retainAll(key);
    return ChangedSample.of(partition, values, sample.published, sample.staged);
  }

  /** A staged row, and the published one that it would take the place of, when that is found. */
  private static final class Changed {
    private final SortedMap<String, String> staged;
    private SortedMap<String, String> published;

    private Changed(SortedMap<String, String> staged) {
      this.staged = staged;
    }
  }
}
