package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.record.Disposition;
import dev.millrace.record.Expectation;
import java.util.List;
import java.util.NavigableMap;

/**
 * How many of the published records a rule of the contract counted.
 *
 * @param expectation the rule, and how many it may count
 * @param count the records that it counted
 * @param of the records that it was asked about
 */
public record RuleResult(Expectation expectation, long count, long of) {

  /** What the rules of a contract came to in a run. */
  public static List<RuleResult> of(CheckedContract contract, Manifest manifest) {
    long published = manifest.count(Disposition.PUBLISHED);
    NavigableMap<String, Long> flagged = manifest.countByDetail(Disposition.FLAGGED);
    return contract.expectations().stream()
        .map(each -> new RuleResult(each, flagged.getOrDefault(each.id(), 0L), published))
        .toList();
  }

  /** Whether the rule counted as many records as it may. */
  public boolean kept() {
    return expectation.threshold().allows(count, of);
  }

  /** {@code delay: nullValues of 3 of 200 records (1.5 %), mustBeLessThan: 1 percent}. */
  public String sentence() {
    String field = expectation.field().isEmpty() ? "" : expectation.field() + ": ";
    return "%s%s counts %s of %s (%s), %s"
        .formatted(
            field,
            expectation.rule(),
            Quantities.count(count),
            Quantities.count(of, "record"),
            Quantities.share(count, of),
            expectation.threshold());
  }
}
