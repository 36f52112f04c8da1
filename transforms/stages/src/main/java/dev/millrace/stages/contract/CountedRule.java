package dev.millrace.stages.contract;

import dev.millrace.record.Expectation;
import dev.millrace.record.Record;
import java.io.Serializable;

/**
 * A quality rule that is counted, not enforced: it is only a warning, or allows for some records.
 * How many there are is judged when all have been counted. A record counts once, however many of
 * the elements of an array break the rule. Immutable and safe to share between threads.
 */
public final class CountedRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expectation expectation;
  private final RecordTest test;

  CountedRule(Expectation expectation, RecordTest test) {
    this.expectation = expectation;
    this.test = test;
  }

  /** What the contract expects of the count. */
  public Expectation expectation() {
    return expectation;
  }

  /**
   * Whether the rule counts a record that keeps its contract. What a rule of missing or invalid
   * values costs is a few comparisons.
   */
  public boolean counts(Record record) {
    return test.counts(record);
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(expectation.id(), expectation.rule());
  }
}
