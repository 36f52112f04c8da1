package dev.millrace.operate;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.launch.StagedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as lines for a terminal. */
final class ReportSummary {
  private final RunReport report;
  private final List<String> lines = new ArrayList<>();

  ReportSummary(RunReport report) {
    this.report = report;
  }

  List<String> lines() {
    StagedRun run = report.run();
    lines.add("%s on %s, run %s".formatted(run.pipeline(), run.runner(), run.runId()));
    lines.add("");
    outcomes();
    lines.add("");
    verdict();
    report
        .warnings()
        .forEach(
            rule ->
                lines.add(
                    "%s: %s".formatted(title(rule.expectation().severity()), rule.sentence())));
    lines.add("");
    report.paths().forEach((name, path) -> lines.add("  %-11s %s".formatted(name, path)));
    return List.copyOf(lines);
  }

  private void outcomes() {
    Balance balance = report.balance();
    outcome("read", balance.read());
    report
        .readBySource()
        .forEach(
            (source, records) -> lines.add("    %-24s %11s".formatted(source, count(records))));
    outcome(report.state().written(), balance.published());
    outcome("rejected", balance.rejected());
    byCount(report.rejectedByReason())
        .forEach(
            reason ->
                lines.add("    %-22s %13s".formatted(reason.getKey(), count(reason.getValue()))));
    outcome("duplicate", balance.duplicates());
    outcome("late", balance.late());
    report
        .table(Tables.LATE)
        .forEach(
            late -> lines.add("    %-22s %13s".formatted(late.partition(), count(late.rows()))));
    outcome("filtered", balance.filtered());
  }

  private void outcome(String name, long records) {
    lines.add("  %-24s %13s".formatted(name, count(records)));
  }

  private void verdict() {
    if (report.balanced()) {
      RunState state = report.state();
      List<PartitionFiles> partitions = report.table(Tables.RECORDS);
      long bytes = partitions.stream().mapToLong(PartitionFiles::bytes).sum();
      lines.add(
          "Balanced: %s read = %s"
              .formatted(count(report.balance().read()), report.balance().outcomes(state)));
      lines.add(
          "%s %s, %s, in %s"
              .formatted(
                  state.verdict(),
                  count(partitions.size(), "partition"),
                  Quantities.bytes(bytes),
                  Quantities.duration(report.run().elapsed())));
      if (state == RunState.STAGED) {
        lines.add("Nothing is published: readers see what was there before");
      }
    } else {
      lines.add(
          "%s: %s failed"
              .formatted(
                  report.state().verdict(),
                  count(report.failures().size())
                      + " of "
                      + count(report.checks().size(), "check")));
      report.failures().forEach(check -> lines.add("  " + check.message()));
    }
  }

  private static String title(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Reasons with the most records first. */
  static List<Map.Entry<String, Long>> byCount(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
