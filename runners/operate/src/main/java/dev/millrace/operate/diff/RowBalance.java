package dev.millrace.operate.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.List;
import java.util.SortedMap;

/** Which rows of a partition one side has more of than the other, by their hashes. */
final class RowBalance {
  private final List<String> key;
  private final Hash hash = new Hash();

  /** How many more of each row are published than staged; below 0 if there are fewer. */
  private final HashCounts surplus;

  /** Of each key, how many rows are changed: a table for each side to be drawn from. */
  private final HashCounts changedPublished = HashCounts.withoutKeys();

  private final HashCounts changedStaged = HashCounts.withoutKeys();
  private long onlyPublished;
  private long onlyStaged;
  private long changed;

  RowBalance(List<String> key) {
    this.key = key;
    this.surplus = key.isEmpty() ? HashCounts.withoutKeys() : HashCounts.withKeys();
  }

  void addPublished(SortedMap<String, String> row) {
    add(row, 1);
  }

  void addStaged(SortedMap<String, String> row) {
    add(row, -1);
  }

  private void add(SortedMap<String, String> row, int count) {
    if (key.isEmpty()) {
      surplus.add(hash.ofRow(row), count);
    } else {
      surplus.add(hash.ofRow(row), keyOf(row), count);
    }
  }

  HashValue128 keyOf(SortedMap<String, String> row) {
    return hash.ofKey(row, key);
  }

  /** Once all rows are there: finds what differs, and pairs what has the same key. */
  void settle() {
    HashCounts published = HashCounts.withoutKeys();
    HashCounts staged = HashCounts.withoutKeys();
    surplus.forEach(
        (high, low, count) -> {
          if (count > 0) {
            onlyPublished += count;
          } else {
            onlyStaged -= count;
          }
          if (!key.isEmpty()) {
            (count > 0 ? published : staged).add(high, low, Math.abs(count));
          }
        });
    staged.forEach(
        (high, low, count) -> {
          int pairs = Math.min(count, published.get(high, low));
          if (pairs > 0) {
            changedPublished.add(high, low, pairs);
            changedStaged.add(high, low, pairs);
            changed += pairs;
          }
        });
  }

  long added() {
    return onlyStaged - changed;
  }

  long removed() {
    return onlyPublished - changed;
  }

  long changed() {
    return changed;
  }

  /** What a row is, read once more. */
  enum Verdict {
    /** The other side has it. */
    SAME,
    /** The other side has another row of its key. */
    CHANGED,
    /** The other side has neither. */
    ALONE
  }

  /** After all is settled: of several copies of a row, the first ones are what differs. */
  Verdict ofPublished(SortedMap<String, String> row) {
    return draw(row, 1, changedPublished);
  }

  Verdict ofStaged(SortedMap<String, String> row) {
    return draw(row, -1, changedStaged);
  }

  private Verdict draw(SortedMap<String, String> row, int side, HashCounts changedRows) {
    HashValue128 rowHash = hash.ofRow(row);
    if (surplus.get(rowHash) * side <= 0) {
      return Verdict.SAME;
    }
    surplus.add(rowHash, -side);
    if (!key.isEmpty()) {
      HashValue128 rowKey = keyOf(row);
      if (changedRows.get(rowKey) > 0) {
        changedRows.add(rowKey, -1);
        return Verdict.CHANGED;
      }
    }
    return Verdict.ALONE;
  }
}
