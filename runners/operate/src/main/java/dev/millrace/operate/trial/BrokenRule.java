package dev.millrace.operate.trial;

import dev.millrace.record.RejectReason;
import java.util.List;

/**
 * A rule of a contract that records broke.
 *
 * @param field the field, with {@code []} for any place in an array; empty for the record as a
 *     whole, or for any of very many fields that the contract doesn't know
 * @param rule the rule as the contract has it; empty without one
 * @param records how many records broke it, whatever else they broke
 * @param examples the first of them
 */
public record BrokenRule(
    RejectReason reason, String field, String rule, long records, List<Example> examples) {

  /** Keeps an immutable copy of the examples. */
  public BrokenRule {
    examples = List.copyOf(examples);
  }

  /**
   * One record that broke the rule.
   *
   * @param source the file
   * @param offset the byte in it at which the record starts, uncompressed
   * @param message what was found and what was expected
   */
  public record Example(String source, long offset, String message) {}
}
