package dev.millrace.operate.trial;

import dev.millrace.operate.trial.BrokenRule.Example;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts rejected records by reason and by rule, in memory that doesn't grow with their number. */
final class RejectCounts {
  /** Beyond these, fields that the data has made up are counted together. */
  private static final int MOST_RULES = 1000;

  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private record Rule(RejectReason reason, String field, String rule) {}

  private static final class Count {
    private final List<Example> examples = new ArrayList<>();
    private long records;
  }

  private final int samples;
  private final SortedMap<String, Long> reasons = new TreeMap<>();
  private final Map<Rule, Count> rules = new LinkedHashMap<>();

  RejectCounts(int samples) {
    this.samples = samples;
  }

  void add(Rejected rejected) {
    reasons.merge(rejected.reason().code(), 1L, Long::sum);
    Set<Rule> broken = new HashSet<>();
    for (Violation violation : rejected.violations()) {
      Rule rule = rule(violation);
      if (broken.add(rule)) {
        count(rule, rejected, violation);
      }
    }
  }

  private void count(Rule rule, Rejected rejected, Violation violation) {
    Count count = rules.computeIfAbsent(rule, r -> new Count());
    count.records++;
    if (count.examples.size() < samples) {
      count.examples.add(
          new Example(rejected.raw().source(), rejected.raw().offset(), violation.message()));
    }
  }

  private Rule rule(Violation violation) {
    String field = INDEX.matcher(violation.path()).replaceAll("[]");
    Rule rule = new Rule(violation.reason(), field, violation.rule());
    return rules.size() < MOST_RULES || rules.containsKey(rule)
        ? rule
        : new Rule(violation.reason(), "", violation.rule());
  }

  /** The records by the reason that a run would count them under. */
  SortedMap<String, Long> byReason() {
    return reasons;
  }

  /** The rules, those that most records broke first, and else as they were met. */
  List<BrokenRule> rules() {
    List<BrokenRule> list = new ArrayList<>();
    rules.forEach(
        (rule, count) ->
            list.add(
                new BrokenRule(
                    rule.reason(), rule.field(), rule.rule(), count.records, count.examples)));
    list.sort(Comparator.comparingLong(BrokenRule::records).reversed());
    return list;
  }
}
