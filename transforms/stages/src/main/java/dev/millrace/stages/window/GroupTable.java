package dev.millrace.stages.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/**
 * Totals by group and window: an open-addressing table that finds a group by its bytes where they
 * are, and allocates for new groups only.
 */
final class GroupTable {
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  /** A group in a window. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Group(long hash, byte[] key, IntervalWindow window, Totals totals) {
    int shard(int shards) {
      return (int) Long.remainderUnsigned(hash, shards);
    }
  }

  private final List<Measure> measures;
  private Group[] groups = new Group[256];
  private int size;

  GroupTable(List<Measure> measures) {
    this.measures = measures;
  }

  /** How many groups there are. */
  int size() {
    return size;
  }

  /** The totals of the group whose key is the first bytes of an array, in a window. */
  Totals find(byte[] key, int length, IntervalWindow window) {
    long hash =
        HASHER.hashBytesToLong(key, 0, length) ^ (window.start().getMillis() * 0x9E3779B97F4A7C15L);
    int slot = (int) (hash >>> 32) & (groups.length - 1);
    while (groups[slot] != null) {
      if (isSame(groups[slot], hash, key, length, window)) {
        return groups[slot].totals();
      }
      slot = (slot + 1) & (groups.length - 1);
    }
    Group group = new Group(hash, Arrays.copyOf(key, length), window, Totals.none(measures));
    groups[slot] = group;
    size++;
    if (2 * size > groups.length) {
      grow();
    }
    return group.totals();
  }

  private static boolean isSame(
      Group group, long hash, byte[] key, int length, IntervalWindow window) {
    return group.hash() == hash
        && group.window().equals(window)
        && Arrays.equals(group.key(), 0, group.key().length, key, 0, length);
  }

  private void grow() {
    Group[] old = groups;
    groups = new Group[2 * old.length];
    for (Group group : old) {
      if (group != null) {
        int slot = (int) (group.hash() >>> 32) & (groups.length - 1);
        while (groups[slot] != null) {
          slot = (slot + 1) & (groups.length - 1);
        }
        groups[slot] = group;
      }
    }
  }

  void forEach(Consumer<Group> consumer) {
    for (Group group : groups) {
      if (group != null) {
        consumer.accept(group);
      }
    }
  }
}
