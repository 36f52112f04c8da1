package dev.millrace.operate.publish;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.Legible;
import dev.millrace.operate.diff.ChangedSample;
import dev.millrace.operate.diff.PartitionDiff;
import dev.millrace.operate.diff.RowDiff;
import dev.millrace.operate.diff.RowSample;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A difference as lines for a terminal. */
final class DiffSummary {
  private static final int SHOWN_ROW = 300;
  private static final String COLUMNS = "%12s %12s %12s %12s %12s";

  private final StagedDiff result;
  private final RowDiff diff;
  private final List<String> lines = new ArrayList<>();

  DiffSummary(StagedDiff result) {
    this.result = result;
    this.diff = result.diff();
  }

  List<String> lines() {
    lines.add(
        "%s of %s, staged, against what is published in %s, %s"
            .formatted(
                result.table(),
                result.run(),
                result.output(),
                diff.key().isEmpty() ? "by whole rows" : "by " + String.join(", ", diff.key())));
    lines.add("");
    partitions();
    samples("Added", diff.added(), diff.total().added());
    samples("Removed", diff.removed(), diff.total().removed());
    changed();
    if (!diff.total().differs()) {
      lines.add("");
      lines.add("No row differs");
    }
    return List.copyOf(lines);
  }

  private void partitions() {
    PartitionDiff total = diff.total();
    int width = total.partition().length();
    for (PartitionDiff partition : diff.partitions()) {
      width = Math.max(width, partition.partition().length());
    }
    String format = "  %-" + width + "s " + COLUMNS + "%s";
    lines.add(
        format
            .formatted("", "published", "staged", "added", "removed", "changed", "")
            .stripTrailing());
    diff.partitions().forEach(partition -> lines.add(row(format, partition)));
    lines.add(row(format, total));
  }

  private static String row(String format, PartitionDiff partition) {
    return format.formatted(
        partition.partition(),
        count(partition.before()),
        count(partition.after()),
        count(partition.added()),
        count(partition.removed()),
        count(partition.changed()),
        partition.takenAway() ? "  taken away" : "");
  }

  private void samples(String title, List<RowSample> samples, long total) {
    title(title, samples.size(), total);
    for (RowSample sample : samples) {
      lines.add("  %s  %s".formatted(sample.partition(), shown(row(sample.values()))));
    }
  }

  private void changed() {
    title("Changed", diff.changed().size(), diff.total().changed());
    for (ChangedSample sample : diff.changed()) {
      String fields =
          sample.fields().entrySet().stream()
              .map(
                  field ->
                      "%s %s -> %s"
                          .formatted(
                              field.getKey(),
                              field.getValue().published(),
                              field.getValue().staged()))
              .collect(Collectors.joining(", "));
      lines.add(
          "  %s  %s: %s".formatted(sample.partition(), shown(row(sample.key())), shown(fields)));
    }
  }

  private void title(String title, int shown, long total) {
    if (shown > 0) {
      lines.add("");
      lines.add(
          shown < total
              ? "%s, the first %s of %s:".formatted(title, count(shown), count(total))
              : title + ":");
    }
  }

  private static String row(SortedMap<String, String> values) {
    return values.entrySet().stream()
        .map(field -> field.getKey() + " " + field.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String shown(String text) {
    return Legible.text(text, SHOWN_ROW);
  }
}
