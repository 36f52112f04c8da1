package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Balance;
import dev.millrace.operate.PartitionFiles;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.Rows;
import dev.millrace.operate.RunState;
import dev.millrace.operate.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    Rows.byCount(report.rejectedByReason())
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
}
