package dev.millrace.stages.contract;

import dev.millrace.record.Record;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.sql.Condition;
import java.io.Serializable;
import java.util.List;

/**
 * A rule over several fields of a record, enforced on each: a quality rule of type sql. It is for
 * records that keep the rules of their fields. What it costs is in {@link Condition}. Immutable and
 * safe to share between threads.
 */
public final class RecordRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;
  private final String expected;
  private final Condition condition;

  /**
   * A rule.
   *
   * @param field the field that it is about; empty if it is the record as a whole
   * @param rule as the contract has it
   * @param expected what it asks for, to follow "expected" in a message
   */
  RecordRule(String field, String rule, String expected, Condition condition) {
    this.field = field;
    this.rule = rule;
    this.expected = expected;
    this.condition = condition;
  }

  /** Adds a violation if a record breaks the rule. */
  public void check(Record record, List<Violation> out) {
    if (condition.isBrokenBy(record)) {
      String message =
          "Invalid record: %s (expected %s)".formatted(condition.found(record), expected);
      out.add(new Violation(RejectReason.BROKEN_CONDITION, field, rule, message));
    }
  }

  @Override
  public String toString() {
    return field.isEmpty() ? rule : field + ": " + rule;
  }
}
