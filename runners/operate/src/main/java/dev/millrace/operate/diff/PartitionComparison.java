package dev.millrace.operate.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.millrace.operate.diff.RowBalance.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of a partition that differ, and then reads it again for some of them. */
final class PartitionComparison {
  private final PartitionPair pair;
  private final List<String> key;
  private final RowBalance balance;
  private final StoredRows published;
  private final StoredRows staged;

  PartitionComparison(PartitionPair pair, List<String> key) {
    this.pair = pair;
    this.key = key;
    this.balance = new RowBalance(key);
    this.published = new StoredRows(StoredRows.PUBLISHED, key);
    this.staged = new StoredRows(StoredRows.STAGED, key);
  }

  PartitionDiff count() {
    long[] read = {pair.same(), pair.same()};
    published.read(
        pair.published(),
        row -> {
          read[0]++;
          balance.addPublished(row);
          return true;
        });
    staged.read(
        pair.staged(),
        row -> {
          read[1]++;
          balance.addStaged(row);
          return true;
        });
    balance.settle();
    return new PartitionDiff(
        pair.partition(),
        pair.takenAway(),
        read[0],
        read[1],
        balance.added(),
        balance.removed(),
        balance.changed());
  }

  /** After the count: the first rows that differ, at most so many of each. */
  PartitionSamples samples(int mostAdded, int mostRemoved, int mostChanged) {
    List<RowSample> added = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    Map<HashValue128, Deque<Changed>> open = new HashMap<>();
    long wantedAdded = Math.min(mostAdded, balance.added());
    long wantedChanged = Math.min(mostChanged, balance.changed());
    if (wantedAdded + wantedChanged > 0) {
      staged.read(
          pair.staged(),
          row -> {
            Verdict verdict = balance.ofStaged(row);
            if (verdict == Verdict.ALONE && added.size() < wantedAdded) {
              added.add(new RowSample(pair.partition(), row));
            } else if (verdict == Verdict.CHANGED && changed.size() < wantedChanged) {
              Changed sample = new Changed(row);
              changed.add(sample);
              open.computeIfAbsent(balance.keyOf(row), each -> new ArrayDeque<>()).add(sample);
            }
            return added.size() < wantedAdded || changed.size() < wantedChanged;
          });
    }
    List<RowSample> removed = publishedSamples(Math.min(mostRemoved, balance.removed()), open);
    return new PartitionSamples(added, removed, changed.stream().map(this::sample).toList());
  }

  /** Also finds what the changed rows were. */
  private List<RowSample> publishedSamples(long wanted, Map<HashValue128, Deque<Changed>> open) {
    List<RowSample> removed = new ArrayList<>();
    if (wanted > 0 || !open.isEmpty()) {
      published.read(
          pair.published(),
          row -> {
            Verdict verdict = balance.ofPublished(row);
            if (verdict == Verdict.ALONE && removed.size() < wanted) {
              removed.add(new RowSample(pair.partition(), row));
            } else if (verdict == Verdict.CHANGED) {
              close(row, open);
            }
            return removed.size() < wanted || !open.isEmpty();
          });
    }
    return removed;
  }

  private void close(SortedMap<String, String> row, Map<HashValue128, Deque<Changed>> open) {
    HashValue128 rowKey = balance.keyOf(row);
    Deque<Changed> waiting = open.get(rowKey);
    if (waiting != null) {
      waiting.remove().published = row;
      if (waiting.isEmpty()) {
        open.remove(rowKey);
      }
    }
  }

  private ChangedSample sample(Changed changed) {
    SortedMap<String, String> values = new TreeMap<>(changed.staged);
    values.keySet().retainAll(key);
    return ChangedSample.of(pair.partition(), values, changed.published, changed.staged);
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
