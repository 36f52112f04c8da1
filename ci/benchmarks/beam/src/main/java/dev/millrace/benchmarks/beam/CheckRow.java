package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/** Rejects rows that break a rule of the contract. */
final class CheckRow extends DoFn<Row, Row> {
  static final TupleTag<Row> PASSED = new TupleTag<>() {};
  static final TupleTag<Row> REJECTED = new TupleTag<>() {};

  private final SerializableFunction<Row, Boolean> rules;

  CheckRow(SerializableFunction<Row, Boolean> rules) {
    this.rules = rules;
  }

  @ProcessElement
  public void process(@Element Row row, MultiOutputReceiver out) {
    out.get(rules.apply(row) ? PASSED : REJECTED).output(row);
  }
}
