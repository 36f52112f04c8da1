package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.publish.PublishedPartition;
import java.util.ArrayList;
import java.util.List;

/** What a publish or a rollback does to each partition, for people and for programs. */
final class PartitionLines {
  private PartitionLines() {}

  /** A line each, in columns: its name, rows, whose it is, and whose it was. */
  static List<String> of(List<PublishedPartition> partitions) {
    int width = partitions.stream().mapToInt(each -> each.name().length()).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (PublishedPartition partition : partitions) {
      String words = isGone(partition) ? "  was %s's" : "  in place of %s's";
      String replaced = partition.replacedRun().map(words::formatted).orElse("");
      lines.add(
          ("  %-" + width + "s  %16s%s")
              .formatted(partition.name(), rows(partition), origin(partition) + replaced));
    }
    return lines;
  }

  /** How many partitions of tables there are, each counted once. */
  static long published(List<PublishedPartition> partitions) {
    return partitions.stream()
        .filter(each -> !isGone(each) && !each.partition().startsWith("run="))
        .map(PublishedPartition::partition)
        .distinct()
        .count();
  }

  private static String rows(PublishedPartition partition) {
    if (partition.rows() < 0) {
      return "uncounted rows";
    }
    return isGone(partition) ? "taken away" : Quantities.count(partition.rows(), "row");
  }

  private static String origin(PublishedPartition partition) {
    return partition.run().map(run -> "  of " + run).orElse("");
  }

  /**
   * A version that comes back without a manifest has no run either, but rows nobody has counted.
   */
  private static boolean isGone(PublishedPartition partition) {
    return partition.run().isEmpty() && partition.rows() == 0;
  }

  /** Adds them to an object, as an array; null is what is not known, or not there. */
  static void addTo(ObjectNode json, List<PublishedPartition> partitions) {
    json.putArray("partitions");
    for (PublishedPartition partition : partitions) {
      ObjectNode each =
          json.withArray("partitions")
              .addObject()
              .put("table", partition.table())
              .put("partition", partition.partition())
              .put("takenAway", isGone(partition));
      if (partition.rows() < 0) {
        each.putNull("rows").putNull("files").putNull("bytes");
      } else {
        each.put("rows", partition.rows());
        each.put("files", partition.files()).put("bytes", partition.bytes());
      }
      each.put("run", partition.run().orElse(null));
      each.put("replacedRun", partition.replacedRun().orElse(null));
    }
  }
}
