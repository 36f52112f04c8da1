package dev.millrace.operate.trial;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.Legible;
import dev.millrace.operate.Rows;
import dev.millrace.operate.trial.BrokenRule.Example;
import dev.millrace.stages.contract.Contract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a contract would do with files.
 *
 * @param accepted how many records keep the contract
 * @param rejectedByReason the others, by the reason that a run counts them under, in order of name
 * @param rules the rules that they broke; a record counts under each one that it broke
 */
public record ContractTrial(
    Contract contract,
    long accepted,
    SortedMap<String, Long> rejectedByReason,
    List<BrokenRule> rules) {
  private static final int SHOWN_MESSAGE = 300;

  /** Keeps immutable copies. */
  public ContractTrial {
    rejectedByReason = Collections.unmodifiableSortedMap(new TreeMap<>(rejectedByReason));
    rules = List.copyOf(rules);
  }

  /** How many records there are. */
  public long read() {
    return accepted + rejected();
  }

  /** How many records break the contract. */
  public long rejected() {
    return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All of it for a terminal, line by line. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s read = %s would be accepted + %s would be rejected"
            .formatted(count(read(), "record"), count(accepted), count(rejected())));
    if (rejected() > 0) {
      lines.add("");
      lines.add("Rejected, by reason:");
      for (Map.Entry<String, Long> reason : Rows.byCount(rejectedByReason)) {
        lines.add("%12s  %s".formatted(count(reason.getValue()), reason.getKey()));
      }
      lines.add("");
      lines.add("Rules broken (a record counts under each that it broke):");
      rules.forEach(rule -> addRule(rule, lines));
    }
    if (!contract.unchecked().isEmpty()) {
      lines.add("");
      lines.add("Not checked:");
      contract.unchecked().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static void addRule(BrokenRule rule, List<String> lines) {
    String name = "%s  %s".formatted(shown(rule.field()), shown(rule.rule())).strip();
    lines.add(
        "%12s  %s".formatted(count(rule.records()), name.isEmpty() ? rule.reason().code() : name));
    for (Example example : rule.examples()) {
      lines.add(
          "              %s @ %s: %s"
              .formatted(shown(example.source()), example.offset(), shown(example.message())));
    }
  }

  private static String shown(String text) {
    return Legible.text(text, SHOWN_MESSAGE);
  }

  /** All of it as JSON, with its keys always in the same order; ends with a line feed. */
  public String json() {
    return new TrialJson(this).text();
  }
}
