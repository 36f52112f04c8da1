package dev.millrace.stages.window;

import dev.millrace.record.Record;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Combines records into {@link Totals}. What is read or merged is never what state holds: runners
 * may keep both by reference.
 */
final class CombineTotals extends CombineFn<Record, Totals, Totals> {
  private static final long serialVersionUID = 1L;

  private final List<Measure> measures;
  private final int[] measureFields;

  CombineTotals(AggregatePlan plan) {
    this.measures = plan.measures();
    this.measureFields = plan.measureFields();
  }

  @Override
  public Totals createAccumulator() {
    return Totals.none(measures);
  }

  @Override
  public Totals addInput(Totals accumulator, Record record) {
    accumulator.add(record, measureFields);
    return accumulator;
  }

  @Override
  public Totals mergeAccumulators(Iterable<Totals> accumulators) {
    Totals merged = createAccumulator();
    accumulators.forEach(merged::merge);
    return merged;
  }

  @Override
  public Totals extractOutput(Totals accumulator) {
    return mergeAccumulators(List.of(accumulator));
  }

  @Override
  public Coder<Totals> getAccumulatorCoder(CoderRegistry registry, Coder<Record> inputCoder) {
    return new TotalsCoder(measures);
  }

  @Override
  public Coder<Totals> getDefaultOutputCoder(CoderRegistry registry, Coder<Record> inputCoder) {
    return new TotalsCoder(measures);
  }
}
