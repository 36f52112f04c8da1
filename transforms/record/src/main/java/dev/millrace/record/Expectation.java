package dev.millrace.record;

import java.io.Serializable;

/**
 * What a contract expects of a table as a whole: that a rule counts as many of its records as a
 * threshold allows. Its counts are tallies of {@link Disposition#FLAGGED} with its id.
 *
 * @param id its place in the contract, such as {@code schema[0].properties[2].quality[0]}
 * @param field the field that the rule is about; empty if it is the record as a whole
 * @param rule what is counted, as the contract has it: {@code nullValues}
 * @param description what the contract says of the rule, or its name; empty without either
 * @param severity {@code error}, or what the contract has instead, such as {@code warning}
 * @param threshold how many records it may count
 */
public record Expectation(
    String id, String field, String rule, String description, String severity, Threshold threshold)
    implements Serializable {
  /** The severity of a rule that keeps a table from being published. */
  public static final String ERROR = "error";

  /** The same expectation of what is counted in other words. */
  public Expectation withRule(String words) {
    return new Expectation(id, field, words, description, severity, threshold);
  }

  /** The same expectation of another field. */
  public Expectation withField(String name) {
    return new Expectation(id, name, rule, description, severity, threshold);
  }

  /** Whether a table that breaks it is not to be published. */
  public boolean isDemanded() {
    return severity.equals(ERROR);
  }
}
