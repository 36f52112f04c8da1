package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.status.PartitionReport;
import dev.millrace.operate.status.PartitionState;
import dev.millrace.operate.status.PartitionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code status} prints of partitions, for people or as JSON. */
final class PartitionStatusLines {
  private static final List<String> HEADER =
      List.of("partition", "state", "rows", "rejects", "version", "published", "due", "run", "");

  /** Those with numbers, which are aligned to the right. */
  private static final List<Integer> NUMBERS = List.of(2, 3, 4);

  private final PartitionReport report;

  PartitionStatusLines(PartitionReport report) {
    this.report = report;
  }

  /** A line that sums up, and a table with a line for each partition. */
  List<String> text() {
    if (report.partitions().isEmpty()) {
      return List.of(
          "No partition of %s is known (--from-date and --to-date ask for a range)"
              .formatted(report.output()));
    }
    List<String> table = table(report.partitions().stream().map(this::cells).toList());
    return Stream.concat(Stream.of(summary()), table.stream()).toList();
  }

  private String summary() {
    String states =
        Stream.of(PartitionState.values())
            .filter(state -> report.count(state) > 0)
            .map(state -> Quantities.count(report.count(state)) + " " + lower(state))
            .collect(Collectors.joining(", "));
    String late = report.late() == 0 ? "" : "; " + Quantities.count(report.late()) + " late";
    String next =
        report
            .next()
            .map(due -> "; next due %s at %s".formatted(due.partition(), due.due()))
            .orElse("");
    return "%s of %s: %s%s%s"
        .formatted(
            Quantities.count(report.partitions().size(), "partition"),
            report.output(),
            states,
            late,
            next);
  }

  private List<String> cells(PartitionStatus partition) {
    return List.of(
        partition.partition(),
        partition.isLate(report.at())
            ? lower(partition.state()) + ", late"
            : lower(partition.state()),
        number(partition.rows()),
        number(partition.rejects()),
        number(partition.version()),
        partition.publishedAt().map(PartitionStatusLines::second).orElse(""),
        due(partition),
        partition.run().orElse(""),
        note(partition));
  }

  private String due(PartitionStatus partition) {
    if (partition.due().isEmpty()) {
      return "";
    }
    Optional<Duration> lateness = partition.lateness(report.at());
    if (lateness.filter(late -> !late.isZero()).isPresent()) {
      return age(lateness.get()) + " late";
    }
    return lateness.isPresent() && partition.state() == PartitionState.PUBLISHED
        ? "in time"
        : second(partition.due().get());
  }

  private static String note(PartitionStatus partition) {
    return partition
        .expectedAt()
        .map(at -> "expected at " + second(at) + expectedLateness(partition))
        .orElse(partition.note().lines().findFirst().orElse(""));
  }

  private static String expectedLateness(PartitionStatus partition) {
    return partition
        .expectedLateness()
        .filter(late -> !late.isZero())
        .map(late -> ", " + age(late) + " late")
        .orElse("");
  }

  /** Columns with nothing in them are left out. */
  private static List<String> table(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < HEADER.size(); i++) {
      int column = i;
      int widest = rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
      widths.add(widest == 0 ? 0 : Math.max(widest, HEADER.get(i).length()));
    }
    return Stream.concat(Stream.of(HEADER), rows.stream())
        .map(cells -> line(cells, widths))
        .toList();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.size(); i++) {
      if (widths.get(i) > 0) {
        String cell = cells.get(i);
        String space = " ".repeat(widths.get(i) - cell.length());
        line.append(NUMBERS.contains(i) ? space + cell : cell + space).append("  ");
      }
    }
    return line.toString().stripTrailing();
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Quantities.count(number.getAsLong()) : "";
  }

  private static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String age(Duration duration) {
    return duration.toDays() < 2
        ? Quantities.duration(duration)
        : Quantities.count(duration.toDays()) + " d";
  }

  private static String lower(PartitionState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  ObjectNode json() {
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("output", report.output().toString())
            .put("at", report.at().toString());
    ObjectNode counts = root.putObject("counts");
    for (PartitionState state : PartitionState.values()) {
      counts.put(lower(state), report.count(state));
    }
    counts.put("late", report.late());
    report
        .next()
        .ifPresent(
            next ->
                root.putObject("nextDue")
                    .put("partition", next.partition())
                    .put("due", next.due().toString()));
    ArrayNode partitions = root.putArray("partitions");
    report.partitions().forEach(partition -> put(partitions.addObject(), partition));
    return root;
  }

  private void put(ObjectNode node, PartitionStatus partition) {
    node.put("partition", partition.partition())
        .put("state", lower(partition.state()))
        .put("late", partition.isLate(report.at()));
    partition.rows().ifPresent(rows -> node.put("rows", rows));
    partition.rejects().ifPresent(rejects -> node.put("rejects", rejects));
    partition.version().ifPresent(version -> node.put("version", version));
    partition.run().ifPresent(run -> node.put("run", run));
    partition.publishedAt().ifPresent(at -> node.put("publishedAt", at.toString()));
    partition.due().ifPresent(due -> node.put("due", due.toString()));
    partition
        .lateness(report.at())
        .ifPresent(lateness -> node.put("lateSeconds", lateness.toMillis() / 1000.0));
    partition.expectedAt().ifPresent(at -> node.put("expectedAt", at.toString()));
    partition
        .expectedLateness()
        .ifPresent(late -> node.put("expectedLateSeconds", late.toMillis() / 1000.0));
    if (!partition.note().isEmpty()) {
      node.put("note", partition.note());
    }
  }
}
