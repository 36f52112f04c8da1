package dev.millrace.operate.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares tables row by row, a partition at a time, as multisets: the order of rows says nothing,
 * and a row that is there twice is not one that is there once. Rows are the same if 128 bits of
 * their hashes are.
 *
 * <p>Without a key, rows are compared whole: each is added, removed, or the same. With one, a row
 * that only one side has is changed if the other has a row of the same key that is not the same
 * either; where several rows have a key, as many as can be are paired, in their order.
 *
 * <p>Reads each side once to count, and once more for samples until there are enough. Of a
 * partition, a hash a different row is in memory, of both sides together: 27 to 54 bytes, with a
 * key 48 to 96, and up to 216 more for each key whose rows differ; half as much again for the
 * moment in which the table grows. Rows themselves are not.
 */
public final class RowDiff {
  private static final int MOST_SAMPLES = 1_000;

  private final List<String> key;
  private final int samples;
  private final List<PartitionDiff> partitions = new ArrayList<>();
  private final List<RowSample> added = new ArrayList<>();
  private final List<RowSample> removed = new ArrayList<>();
  private final List<ChangedSample> changed = new ArrayList<>();

  private RowDiff(List<String> key, int samples) {
    this.key = List.copyOf(key);
    this.samples = samples;
  }

  /**
   * Compares by fields that tell rows apart; by none for whole rows.
   *
   * @param samples how many rows to keep that were added, removed, and changed
   * @throws IllegalArgumentException if there can't be so many samples
   */
  public static RowDiff by(List<String> key, int samples) {
    if (samples < 0 || samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "Invalid samples: %s (expected 0 to 1000)".formatted(samples));
    }
    return new RowDiff(key.stream().distinct().toList(), samples);
  }

  /**
   * Checks that a staged file has the fields of the key, as {@link #compare} does with each that it
   * reads.
   *
   * @throws IllegalArgumentException if it lacks one
   * @throws dev.millrace.io.ReadException if it can't be read
   */
  public void checkKey(Path staged) {
    new StoredRows(StoredRows.STAGED, key).read(List.of(staged), row -> false);
  }

  /**
   * Compares a partition.
   *
   * @throws IllegalArgumentException if rows lack a field of the key
   * @throws dev.millrace.io.ReadException if a file can't be read
   */
  public void compare(PartitionPair pair) {
    PartitionComparison comparison = new PartitionComparison(pair, key);
    PartitionDiff diff = comparison.count();
    partitions.add(diff);
    SampleSearch found =
        comparison.samples(
            samples - added.size(), samples - removed.size(), samples - changed.size());
    added.addAll(found.added());
    removed.addAll(found.removed());
    changed.addAll(found.changed());
  }

  /** The fields that tell rows apart; none for whole rows. */
  public List<String> key() {
    return key;
  }

  /** The partitions that were compared, in their order. */
  public List<PartitionDiff> partitions() {
    return List.copyOf(partitions);
  }

  /** All partitions together. */
  public PartitionDiff total() {
    return partitions.stream().reduce(PartitionDiff.none(), PartitionDiff::plus);
  }

  /** The first rows that were added, by partition and then in the order of the staged rows. */
  public List<RowSample> added() {
    return List.copyOf(added);
  }

  /** The first rows that were removed, by partition and then in the order of the published rows. */
  public List<RowSample> removed() {
    return List.copyOf(removed);
  }

  /** The first rows that were changed, by partition and then in the order of the staged rows. */
  public List<ChangedSample> changed() {
    return List.copyOf(changed);
  }
}
