package dev.millrace.operate.report;

import dev.millrace.io.table.Manifest;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Balance;
import dev.millrace.operate.Check;
import dev.millrace.operate.PartitionFiles;
import dev.millrace.operate.Rows;
import dev.millrace.operate.RuleResult;
import dev.millrace.operate.RunState;
import dev.millrace.operate.Tables;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;

/**
 * What a run did, in figures that its audit has checked: what {@code report.json} holds, {@code
 * report.html} shows and a terminal prints.
 *
 * @param run the run
 * @param state what it has come to
 * @param balance what became of the records that it read
 * @param readBySource the records that it read of files together, and of each partition of a topic
 *     from which offset, where the run tells them apart
 * @param rejectedByReason the rejected records by reason, in order of name
 * @param tables the partitions that it wrote, by table; where they are depends on the audit
 * @param hours the published rows by UTC hour, such as {@code 2001-01-15T07}
 * @param rules what the contract's rules counted, in its order
 * @param checks what the audit asked, and the answers
 * @param paths where each table and the report are; a table without files is absent
 * @param versions the versions of Millrace, Beam, Java and the engine
 */
public record RunReport(
    StagedRun run,
    RunState state,
    Balance balance,
    SortedMap<String, Long> readBySource,
    SortedMap<String, Long> rejectedByReason,
    Map<String, List<PartitionFiles>> tables,
    SortedMap<String, Long> hours,
    List<RuleResult> rules,
    List<Check> checks,
    Map<String, Path> paths,
    SortedMap<String, String> versions) {

  /**
   * The report of a run.
   *
   * @param ifPassed what becomes of it if it passed all checks
   */
  public static RunReport of(
      StagedRun run, Manifest manifest, List<Check> checks, RunState ifPassed) {
    RunState state = checks.stream().allMatch(Check::passed) ? ifPassed : RunState.REFUSED;
    Map<String, Path> paths = paths(run, manifest, state);
    return new RunReport(
        run,
        state,
        Balance.of(manifest),
        readBySource(manifest),
        withoutPrefix(Rows.inFiles(manifest, Tables.QUARANTINE), "reason="),
        tables(manifest, paths),
        hours(manifest),
        RuleResult.of(run.contract(), manifest),
        checks,
        paths,
        versions(run));
  }

  /**
   * Whether the run passed its audit, and so was published or can be: every record is accounted
   * for, every file is whole, the rejects are within the error budget, and the rules of the
   * contract that are errors count no more records than they may.
   */
  public boolean balanced() {
    return checks.stream().allMatch(Check::passed);
  }

  /** The partitions of a table, in order of name; none if the run wrote no such table. */
  public List<PartitionFiles> table(String table) {
    return tables.getOrDefault(table, List.of());
  }

  /** The rules that were broken and only warn. */
  List<RuleResult> warnings() {
    return rules.stream().filter(rule -> !rule.kept() && !rule.expectation().isDemanded()).toList();
  }

  /** The checks that failed. */
  public List<Check> failures() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  /** An option of the run; empty if it was not set. */
  String option(String name) {
    return run.options().getOrDefault(name, "");
  }

  /** The report for a terminal, line by line. */
  public List<String> summary() {
    return new ReportSummary(this).lines();
  }

  /** The report as JSON, with its keys always in the same order; ends with a line feed. */
  public String json() {
    return new ReportJson(this).text();
  }

  private static Map<String, Path> paths(StagedRun run, Manifest manifest, RunState state) {
    boolean published = state == RunState.PUBLISHED;
    Path root = published ? run.output() : run.staging();
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String table : Tables.partitioned(manifest)) {
      if (!manifest.files(table).isEmpty()) {
        paths.put(table, root.resolve(table));
      }
    }
    if (!manifest.files(Tables.QUARANTINE).isEmpty()) {
      paths.put(
          Tables.QUARANTINE,
          published
              ? run.quarantine().resolve("run=" + run.runId())
              : root.resolve(Tables.QUARANTINE));
    }
    paths.put("report", root.resolve(StagedReport.PAGE));
    return paths;
  }

  private static Map<String, List<PartitionFiles>> tables(
      Manifest manifest, Map<String, Path> paths) {
    SortedMap<String, List<PartitionFiles>> tables = new TreeMap<>();
    for (String table : Tables.partitioned(manifest)) {
      Path folder = paths.get(table);
      if (folder != null) {
        tables.put(table, PartitionFiles.of(manifest, table, folder));
      }
    }
    return tables;
  }

  private static SortedMap<String, Long> readBySource(Manifest manifest) {
    return Rows.counted(
        manifest,
        tally -> tally.disposition() == Disposition.READ && !tally.detail().isEmpty(),
        Tally::detail);
  }

  private static SortedMap<String, Long> hours(Manifest manifest) {
    return Rows.counted(
        manifest,
        tally -> tally.disposition() == Disposition.PUBLISHED && tally.hour() >= 0,
        tally -> String.format(Locale.ROOT, "%sT%02d", day(tally.partition()), tally.hour()));
  }

  private static SortedMap<String, Long> withoutPrefix(
      SortedMap<String, Long> rows, String prefix) {
    SortedMap<String, Long> renamed = new TreeMap<>();
    rows.forEach((name, count) -> renamed.put(name.replace(prefix, ""), count));
    return renamed;
  }

  /** The date in a partition's name: 2001-01-15 in {@code dt=2001-01-15/hour=07}. */
  private static String day(String partition) {
    return partition.replaceFirst("^dt=", "").replaceFirst("/.*", "");
  }

  private static SortedMap<String, String> versions(StagedRun run) {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("millrace", MillraceVersion.read());
    versions.put("beam", ReleaseInfo.getReleaseInfo().getVersion());
    versions.put("java", Runtime.version().toString());
    versions.put("engine", run.runner());
    return versions;
  }
}
