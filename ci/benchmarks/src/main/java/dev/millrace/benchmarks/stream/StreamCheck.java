package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.events.HourGroup;
import dev.millrace.benchmarks.events.HourTotals;
import dev.millrace.benchmarks.events.Truth;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a contender wrote with the truth: one that is fast and wrong is wrong. */
final class StreamCheck {
  private static final double TOLERANCE = 0.001;

  private StreamCheck() {}

  /** What is wrong with the accepted events, a line each; nothing if they are right. */
  static List<String> differences(Truth truth, AcceptedEvents accepted) {
    List<String> differences = new ArrayList<>();
    compare("ids", truth.events(), accepted.ids(), differences);
    compare("repeated ids", 0L, accepted.repeated(), differences);
    compare("events by day", truth.partitions(), accepted.partitions(), differences);
    compare("sums of the columns", truth.sums(), accepted.sums(), differences);
    return differences;
  }

  /** What is wrong with the rest, as far as it is written by now. */
  static List<String> differences(
      Truth truth, Map<HourGroup, HourTotals> hours, StreamResults results)
      throws IOException, SQLException {
    List<String> differences = new ArrayList<>();
    compare("rejects", truth.rejected(), results.rejects(), differences);
    long apart = apart(hours, results.aggregates());
    compare("groups whose aggregates are wrong", 0L, apart, differences);
    return differences;
  }

  private static long apart(
      Map<HourGroup, HourTotals> hours, Map<HourGroup, StreamResults.Aggregates> found) {
    Set<HourGroup> groups = new HashSet<>(hours.keySet());
    groups.addAll(found.keySet());
    return groups.stream().filter(group -> !agree(hours.get(group), found.get(group))).count();
  }

  private static boolean agree(HourTotals totals, StreamResults.Aggregates aggregates) {
    return totals != null
        && aggregates != null
        && totals.count() == aggregates.count()
        && near(totals.amountCents() / 100.0, aggregates.sumAmount())
        && near((double) totals.durationMillis() / totals.count(), aggregates.meanDurationMillis());
  }

  private static boolean near(double expected, double found) {
    return Math.abs(expected - found) <= TOLERANCE;
  }

  private static void compare(
      String what, Object expected, Object found, List<String> differences) {
    if (!expected.equals(found)) {
      differences.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
