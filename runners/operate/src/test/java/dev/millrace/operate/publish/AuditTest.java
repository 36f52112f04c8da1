package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.millrace.operate.Check;
import dev.millrace.operate.Manifests;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.record.Disposition;
import dev.millrace.record.Expectation;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.Threshold;
import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AuditTest {
  private final Manifests run = Manifests.balanced();

  @Test
  void passesARunThatBalances() {
    assertThat(
        audit(run, run.sizes()),
        contains(
            Check.passed("input_not_empty", "The input holds 20 records"),
            Check.passed(
                "run_balances",
                "20 read = 14 published + 3 rejected + 1 duplicate + 1 late + 1 filtered"),
            Check.passed("partitions_balance", "2 partitions accounted for"),
            Check.passed("records_as_counted", "14 rows in records, as counted"),
            Check.passed("rejects_as_counted", "3 rows in quarantine, as counted"),
            Check.passed("late_as_counted", "1 row in late, as counted"),
            Check.passed("files_complete", "7 files as written"),
            Check.passed("no_stray_files", "Every file is in the manifest")));
  }

  @Test
  void failsARunThatReadNothing() {
    Manifests nothing = new Manifests();
    assertThat(
        failures(nothing, nothing.sizes()),
        contains(
            new Check("input_not_empty", false, "Cannot publish: the input holds no records")));
  }

  @Test
  void failsWhereARecordIsUnaccountedFor() {
    run.count(Tally.of(Disposition.READ), 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "run_balances",
                "21 read, but 14 published + 3 rejected + 1 duplicate + 1 late + 1 filtered:"
                    + " 1 record unaccounted for")));
  }

  @Test
  void failsWhereARecordEndedTwice() {
    run.count(Tally.of(Disposition.READ), -2);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "run_balances",
                "18 read, but 14 published + 3 rejected + 1 duplicate + 1 late + 1 filtered:"
                    + " 2 records too many")));
  }

  @Test
  void failsWhereTheRunBalancesAndItsPartitionsDoNot() {
    run.count(Disposition.DUPLICATE, FIRST, -1).count(Disposition.DUPLICATE, SECOND, 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "partitions_balance",
                "dt=2001-01-01 accepted 10 records, but 9 are accounted for;"
                    + " dt=2001-01-02 accepted 8 records, but 9 are accounted for")));
  }

  @Test
  void countsAConflictInItsPartition() {
    run.count(Manifests.conflict(FIRST), -1).count(Manifests.conflict(SECOND), 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "partitions_balance",
                "dt=2001-01-01 accepted 10 records, but 9 are accounted for;"
                    + " dt=2001-01-02 accepted 8 records, but 9 are accounted for")));
  }

  @Test
  void failsWhereTheFilesHoldFewerRowsThanWereCounted() {
    run.count(new Tally(Disposition.PUBLISHED, "", FIRST, 7), 1)
        .count(Disposition.ACCEPTED, FIRST, 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "records_as_counted",
                "records/dt=2001-01-01 should hold 9 rows, but its files hold 8")));
  }

  @Test
  void failsWhereTheQuarantineHoldsAnotherReason() {
    run.count(new Tally(Disposition.REJECTED, RejectReason.MALFORMED.code(), "", -1), -1)
        .count(new Tally(Disposition.REJECTED, RejectReason.WRONG_TYPE.code(), "", -1), 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "rejects_as_counted",
                "quarantine/reason=malformed should hold 1 rows, but its files hold 2;"
                    + " quarantine/reason=wrong_type should hold 1 rows, but its files hold 0")));
  }

  @Test
  void failsWhereTheLateTableLacksARow() {
    run.count(Disposition.LATE, SECOND, 1).count(Disposition.ACCEPTED, SECOND, 1);
    assertThat(
        failures(run, run.sizes()),
        hasItem(
            Check.failed(
                "late_as_counted", "late/dt=2001-01-02 should hold 2 rows, but its files hold 1")));
  }

  @Test
  void failsWhereAFileIsMissingOrCut() {
    Map<String, Long> found = run.sizes();
    found.remove("records/dt=2001-01-01/part-00001.parquet");
    found.put("late/dt=2001-01-02/part-00000.parquet", 7L);
    assertThat(
        failures(run, found),
        contains(
            Check.failed(
                "files_complete",
                "records/dt=2001-01-01/part-00001.parquet is missing;"
                    + " late/dt=2001-01-02/part-00000.parquet holds 7 bytes, but 10 were written")));
  }

  @Test
  void failsWhereAFileIsNotInTheManifest() {
    Map<String, Long> found = run.sizes();
    found.put("records/dt=2001-01-01/part-00002.parquet", 10L);
    assertThat(
        failures(run, found),
        contains(
            Check.failed(
                "no_stray_files",
                "records/dt=2001-01-01/part-00002.parquet is not in the manifest")));
  }

  @Test
  void listsTheFirstThreeProblemsAndCountsTheOthers() {
    Map<String, Long> found = run.sizes();
    for (int i = 2; i < 7; i++) {
      found.put("records/part-" + i, 10L);
    }
    assertThat(
        failures(run, found),
        contains(
            Check.failed(
                "no_stray_files",
                "records/part-2 is not in the manifest; records/part-3 is not in the manifest;"
                    + " records/part-4 is not in the manifest; and 2 more")));
  }

  @Test
  void namesCountsWithoutAPartition() {
    run.count(Disposition.FILTERED, "", 1).count(Tally.of(Disposition.READ), 1);
    assertThat(
        failures(run, run.sizes()),
        contains(
            Check.failed(
                "partitions_balance", "no partition accepted 0 records, but 1 are accounted for")));
  }

  @Test
  void holdsTheErrorBudgetToTheRecord() {
    assertThat(
        audit(run, run.sizes(), Map.of("maxRejectedPercent", "15"), CheckedContract.none()),
        hasItem(
            Check.passed(
                "rejects_within_budget", "15.0 % of the records rejected, at most 15 % allowed")));
    assertThat(
        audit(run, run.sizes(), Map.of("maxRejectedPercent", "14.9"), CheckedContract.none()),
        hasItem(
            Check.failed(
                "rejects_within_budget",
                "15.0 % of the records were rejected, and at most 14.9 % are allowed")));
  }

  @Test
  void hasNoBudgetUnlessAskedFor() {
    assertThat(
        audit(run, run.sizes()).stream()
            .filter(check -> check.name().equals("rejects_within_budget"))
            .toList(),
        is(empty()));
  }

  private static List<Check> audit(Manifests run, Map<String, Long> found) {
    return audit(run, found, Map.of(), CheckedContract.none());
  }

  private static List<Check> audit(
      Manifests run,
      Map<String, Long> found,
      Map<String, String> options,
      CheckedContract contract) {
    return new Audit(run.manifest(), found, PublishSettings.of(options), contract).checks();
  }

  @Test
  void wantsRecordsInEveryPartitionOfTheInterval() {
    CheckedContract contract =
        CheckedContract.none().withPartitions(List.of(FIRST, SECOND, "dt=2001-01-03"));
    assertThat(
        audit(run, run.sizes(), Map.of(), contract),
        hasItem(
            Check.failed(
                "partitions_expected",
                "dt=2001-01-03 holds no records (--allowEmpty publishes it empty)")));
    assertThat(
        audit(run, run.sizes(), Map.of(), CheckedContract.none().withPartitions(List.of(FIRST))),
        hasItem(
            Check.passed("partitions_expected", "Every partition of the interval holds records")));
    assertThat(
        audit(run, run.sizes(), Map.of("allowEmpty", "true"), contract).stream()
            .filter(check -> !check.passed())
            .toList(),
        is(empty()));
  }

  @Test
  void failsWhereARuleThatIsAnErrorCountsMoreThanItMay() {
    run.count(new Tally(Disposition.FLAGGED, "a", "", -1), 2);
    run.count(new Tally(Disposition.FLAGGED, "b", "", -1), 2);
    Check kept = Check.passed("rules_kept", "1 rule of the contract kept by the published records");
    assertThat(audit(rule("a", "error", 15), rule("b", "warning", 1)), hasItem(kept));
    assertThat(
        audit(rule("a", "error", 15), rule("b", "error", 14)),
        hasItem(
            Check.failed(
                "rules_kept",
                "delay: nullValues counts 2 of 14 records (14.3 %), mustBeLessThan: 14 percent")));
  }

  private static Expectation rule(String id, String severity, long percent) {
    Threshold threshold = Threshold.of(Operator.MUST_BE_LESS_THAN, percent, Unit.PERCENT);
    return new Expectation(id, "delay", "nullValues", "", severity, threshold);
  }

  private List<Check> audit(Expectation... expectations) {
    return Reports.of(run, expectations).checks();
  }

  private static List<Check> failures(Manifests run, Map<String, Long> found) {
    return audit(run, found).stream().filter(check -> !check.passed()).toList();
  }
}
