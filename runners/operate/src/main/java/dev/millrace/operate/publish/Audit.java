package dev.millrace.operate.publish;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.io.table.Manifest;
import dev.millrace.operate.Balance;
import dev.millrace.operate.Check;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.Rows;
import dev.millrace.operate.RuleResult;
import dev.millrace.operate.Tables;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a staged run may be published: a pure function of its manifest and of the files that lie
 * in its staging folder. Rows are counted twice, by the files that hold them and by the tallies
 * that travelled with them; the two must agree.
 */
final class Audit {
  /** What a failed check lists before it only says how many more there are. */
  private static final int LISTED = 3;

  /** Where an accepted record can end. */
  private static final Set<Disposition> ENDS =
      EnumSet.of(
          Disposition.PUBLISHED, Disposition.DUPLICATE, Disposition.LATE, Disposition.FILTERED);

  private final Manifest manifest;
  private final Map<String, Long> found;
  private final PublishSettings settings;
  private final List<String> expected;
  private final List<RuleResult> rules;
  private final Balance balance;

  /**
   * An audit.
   *
   * @param found the sizes of the files in staging, by path relative to it
   * @param settings what the run's options ask for
   * @param contract its rules, and the partitions that must hold records
   */
  Audit(
      Manifest manifest,
      Map<String, Long> found,
      PublishSettings settings,
      CheckedContract contract) {
    this.manifest = manifest;
    this.found = found;
    this.settings = settings;
    this.expected = settings.allowEmpty() ? List.of() : contract.partitions();
    this.rules =
        RuleResult.of(contract, manifest).stream()
            .filter(each -> each.expectation().isDemanded())
            .toList();
    this.balance = Balance.of(manifest);
  }

  /** Every check, in the order in which a report shows them. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    if (!settings.allowEmpty()) {
      checks.add(inputNotEmpty());
    }
    checks.add(runBalances());
    checks.add(partitionsBalance());
    if (!expected.isEmpty()) {
      checks.add(partitionsExpected());
    }
    checks.add(recordsAsCounted());
    checks.add(rejectsAsCounted());
    checks.add(lateAsCounted());
    checks.add(filesComplete());
    checks.add(noStrayFiles());
    settings.maxRejectedPercent().ifPresent(percent -> checks.add(rejectsWithinBudget(percent)));
    if (!rules.isEmpty()) {
      checks.add(rulesKept());
    }
    return List.copyOf(checks);
  }

  private Check inputNotEmpty() {
    return balance.read() > 0
        ? Check.passed("input_not_empty", "The input holds " + count(balance.read(), "record"))
        : Check.failed("input_not_empty", "the input holds no records");
  }

  private Check runBalances() {
    long missing = balance.read() - balance.accounted();
    String figures = count(balance.read()) + " read = " + balance.outcomes();
    if (missing == 0) {
      return Check.passed("run_balances", figures);
    }
    return Check.failed(
        "run_balances",
        "%s read, but %s: %s %s"
            .formatted(
                count(balance.read()),
                balance.outcomes(),
                count(Math.abs(missing), "record"),
                missing > 0 ? "unaccounted for" : "too many"));
  }

  /** Each accepted record of a partition ended in one way, a key's conflict among them. */
  private Check partitionsBalance() {
    SortedMap<String, Long> accepted = manifest.countByPartition(Disposition.ACCEPTED);
    SortedMap<String, Long> ended = Rows.counted(manifest, Audit::isEnd, Tally::partition);
    return agree(
        "partitions_balance",
        count(accepted.size(), "partition") + " accounted for",
        accepted,
        ended,
        "%s accepted %s records, but %s are accounted for");
  }

  private Check partitionsExpected() {
    SortedMap<String, Long> written = Rows.inFiles(manifest, Tables.RECORDS);
    return judge(
        "partitions_expected",
        "Every partition of the interval holds records",
        expected.stream()
            .filter(partition -> !written.containsKey(partition))
            .map(partition -> partition + " holds no records (--allowEmpty publishes it empty)")
            .toList());
  }

  private static boolean isEnd(Tally tally) {
    return ENDS.contains(tally.disposition())
        || (tally.disposition() == Disposition.REJECTED
            && tally.detail().equals(RejectReason.CONFLICTING_KEY.code()));
  }

  private Check recordsAsCounted() {
    return tableAsCounted(
        "records_as_counted", Tables.RECORDS, manifest.countByPartition(Disposition.PUBLISHED));
  }

  private Check lateAsCounted() {
    return tableAsCounted(
        "late_as_counted", Tables.LATE, manifest.countByPartition(Disposition.LATE));
  }

  private Check rejectsAsCounted() {
    return tableAsCounted(
        "rejects_as_counted",
        Tables.QUARANTINE,
        Rows.counted(
            manifest,
            tally -> tally.disposition() == Disposition.REJECTED,
            tally -> "reason=" + tally.detail()));
  }

  private Check tableAsCounted(String name, String table, SortedMap<String, Long> counted) {
    SortedMap<String, Long> written = Rows.inFiles(manifest, table);
    return agree(
        name,
        "%s in %s, as counted".formatted(count(Rows.sum(written), "row"), table),
        counted,
        written,
        table + "/%s should hold %s rows, but its files hold %s");
  }

  private Check filesComplete() {
    List<String> problems = new ArrayList<>();
    for (WrittenFile file : manifest.files()) {
      Long size = found.get(file.path());
      if (size == null) {
        problems.add(file.path() + " is missing");
      } else if (size != file.bytes()) {
        problems.add(
            "%s holds %s bytes, but %s were written"
                .formatted(file.path(), count(size), count(file.bytes())));
      }
    }
    return judge(
        "files_complete", count(manifest.files().size(), "file") + " as written", problems);
  }

  private Check noStrayFiles() {
    Set<String> strays = new TreeSet<>(found.keySet());
    manifest.files().forEach(file -> strays.remove(file.path()));
    return judge(
        "no_stray_files",
        "Every file is in the manifest",
        strays.stream().map(path -> path + " is not in the manifest").toList());
  }

  private Check rejectsWithinBudget(double percent) {
    boolean within = balance.rejected() * 100.0 <= percent * balance.read();
    String share = Quantities.share(balance.rejected(), balance.read());
    return within
        ? Check.passed(
            "rejects_within_budget",
            "%s of the records rejected, at most %s %% allowed".formatted(share, plain(percent)))
        : Check.failed(
            "rejects_within_budget",
            "%s of the records were rejected, and at most %s %% are allowed"
                .formatted(share, plain(percent)));
  }

  /** Of the rules that are errors; the others only warn. */
  private Check rulesKept() {
    return judge(
        "rules_kept",
        count(rules.size(), "rule") + " of the contract kept by the published records",
        rules.stream().filter(rule -> !rule.kept()).map(RuleResult::sentence).toList());
  }

  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** A check that two counts of the same rows agree; the format takes a key and both counts. */
  private static Check agree(
      String name,
      String passed,
      SortedMap<String, Long> expected,
      SortedMap<String, Long> actual,
      String format) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    List<String> problems = new ArrayList<>();
    for (String key : keys) {
      long should = Objects.requireNonNullElse(expected.get(key), 0L);
      long does = Objects.requireNonNullElse(actual.get(key), 0L);
      if (should != does) {
        String subject = key.isEmpty() ? "no partition" : key;
        problems.add(format.formatted(subject, count(should), count(does)));
      }
    }
    return judge(name, passed, problems);
  }

  private static Check judge(String name, String passed, List<String> problems) {
    if (problems.isEmpty()) {
      return Check.passed(name, passed);
    }
    String listed = problems.stream().limit(LISTED).collect(Collectors.joining("; "));
    int more = problems.size() - LISTED;
    return Check.failed(name, more > 0 ? listed + "; and " + count(more) + " more" : listed);
  }
}
