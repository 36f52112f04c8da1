package dev.millrace.operate.draft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the values of a field as long as there are few different ones. */
final class ValueCounts {
  private static final int MOST_VALUES = 20;
  private static final int MOST_EXAMPLES = 3;
  private static final int LONGEST = 60;

  /** In a set of values, each is there so many times on average, or it is none. */
  private static final int TIMES_EACH = 10;

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private long total;
  private boolean open;

  void add(String value) {
    total++;
    if (open && counts.size() >= MOST_EXAMPLES) {
      return;
    }
    if (value.length() > LONGEST || (counts.size() == MOST_VALUES && !counts.containsKey(value))) {
      open = true;
    } else {
      counts.merge(value, 1L, Long::sum);
    }
  }

  /** The first different values. */
  List<String> examples() {
    return counts.keySet().stream().limit(MOST_EXAMPLES).toList();
  }

  /** The values, if they look like a set of which there are no others; else none. */
  List<String> set() {
    boolean isSet = !open && !counts.isEmpty() && total >= (long) TIMES_EACH * counts.size();
    return isSet ? counts.keySet().stream().sorted().toList() : List.of();
  }
}
