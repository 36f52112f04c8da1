package dev.millrace.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each of many things was seen. */
final class Bag {
  private final Map<String, Long> counts = new HashMap<>();
  private long size;

  void add(String thing) {
    add(thing, 1);
  }

  void add(String thing, long times) {
    counts.merge(thing, times, Long::sum);
    size += times;
  }

  long size() {
    return size;
  }

  long count(String thing) {
    return counts.getOrDefault(thing, 0L);
  }

  /** What this has more often than the other, in order, with how much more often. */
  List<Surplus> without(Bag other) {
    return counts.entrySet().stream()
        .map(count -> new Surplus(count.getKey(), count.getValue() - other.count(count.getKey())))
        .filter(surplus -> surplus.times() > 0)
        .sorted()
        .toList();
  }

  /** A thing that there is too much of. */
  record Surplus(String thing, long times) implements Comparable<Surplus> {
    private static final int SHOWN = 100;

    @Override
    public int compareTo(Surplus other) {
      return thing.compareTo(other.thing);
    }

    @Override
    public String toString() {
      String start =
          thing.length() > SHOWN
              ? "%s... (%d characters)".formatted(thing.substring(0, SHOWN), thing.length())
              : thing;
      return times == 1 ? start : "%s (%d times)".formatted(start, times);
    }
  }
}
