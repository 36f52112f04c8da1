package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Combines into {@link Totals}. What is read or merged is never what state holds: runners may keep
 * both by reference.
 */
abstract class CombineTotals<T> extends CombineFn<T, Totals, Totals> {
  private static final long serialVersionUID = 1L;

  private final List<FieldType> measureTypes;

  private CombineTotals(AggregatePlan plan) {
    this.measureTypes = plan.measureTypes();
  }

  @Override
  public Totals createAccumulator() {
    return Totals.none(measureTypes);
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
  public Coder<Totals> getAccumulatorCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return new TotalsCoder(measureTypes);
  }

  @Override
  public Coder<Totals> getDefaultOutputCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return new TotalsCoder(measureTypes);
  }

  /** Of the totals of bundles. */
  static final class OfTotals extends CombineTotals<Totals> {
    private static final long serialVersionUID = 1L;

    OfTotals(AggregatePlan plan) {
      super(plan);
    }

    @Override
    public Totals addInput(Totals accumulator, Totals input) {
      accumulator.merge(input);
      return accumulator;
    }
  }

  /** Of records. */
  static final class OfRecords extends CombineTotals<Record> {
    private static final long serialVersionUID = 1L;

    private final int[] measureFields;

    OfRecords(AggregatePlan plan) {
      super(plan);
      this.measureFields = plan.measureFields();
    }

    @Override
    public Totals addInput(Totals accumulator, Record record) {
      accumulator.add(record, measureFields);
      return accumulator;
    }
  }
}
