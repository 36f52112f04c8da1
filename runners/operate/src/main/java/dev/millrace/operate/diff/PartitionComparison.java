package dev.millrace.operate.diff;

import java.util.List;

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
  SampleSearch samples(int mostAdded, int mostRemoved, int mostChanged) {
    SampleSearch search =
        new SampleSearch(pair.partition(), key, balance, mostAdded, mostRemoved, mostChanged);
    if (search.wantsStaged()) {
      staged.read(
          pair.staged(),
          row -> {
            search.takeStaged(row);
            return search.wantsStaged();
          });
    }
    if (search.wantsPublished()) {
      published.read(
          pair.published(),
          row -> {
            search.takePublished(row);
            return search.wantsPublished();
          });
    }
    return search;
  }
}
