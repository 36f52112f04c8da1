package dev.millrace.stages.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.record.FieldType;
import dev.millrace.record.KeyBytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/**
 * The totals of a bundle by group and window: an open-addressing table that finds a group by its
 * bytes where a record has them, and allocates for new groups only. Holds a limited number.
 */
final class GroupTable {
  static final int MOST_GROUPS = 8192;

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  /** A group in a window. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Group(long hash, byte[] key, IntervalWindow window, Totals totals) {}

  private final List<FieldType> measureTypes;
  private Group[] groups = new Group[256];
  private int size;

  GroupTable(List<FieldType> measureTypes) {
    this.measureTypes = measureTypes;
  }

  /** The totals of the group that was read last, in this window; null if it has no room. */
  Totals find(KeyBytes key, IntervalWindow window) {
    long hash =
        HASHER.hashBytesToLong(key.array(), 0, key.length())
            ^ (window.start().getMillis() * 0x9E3779B97F4A7C15L);
    int slot = (int) (hash >>> 32) & (groups.length - 1);
    while (groups[slot] != null) {
      if (isSame(groups[slot], hash, key, window)) {
        return groups[slot].totals();
      }
      slot = (slot + 1) & (groups.length - 1);
    }
    if (size == MOST_GROUPS) {
      return null;
    }
    Group group = new Group(hash, key.copy(), window, Totals.none(measureTypes));
    groups[slot] = group;
    size++;
    if (2 * size > groups.length) {
      grow();
    }
    return group.totals();
  }

  private static boolean isSame(Group group, long hash, KeyBytes key, IntervalWindow window) {
    return group.hash() == hash
        && group.window().equals(window)
        && Arrays.equals(group.key(), 0, group.key().length, key.array(), 0, key.length());
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
