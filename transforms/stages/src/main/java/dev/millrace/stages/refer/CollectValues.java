package dev.millrace.stages.refer;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;

/** Collects texts into one set of their bytes, in parallel. */
final class CollectValues extends Combine.CombineFn<String, ValueSet, ValueSet> {
  private static final long serialVersionUID = 1L;

  @Override
  public ValueSet createAccumulator() {
    return new ValueSet();
  }

  @Override
  public ValueSet addInput(ValueSet set, String value) {
    set.add(value);
    return set;
  }

  @Override
  public ValueSet mergeAccumulators(Iterable<ValueSet> sets) {
    ValueSet merged = new ValueSet();
    sets.forEach(merged::addAll);
    return merged;
  }

  @Override
  public ValueSet extractOutput(ValueSet set) {
    return set;
  }

  @Override
  public Coder<ValueSet> getAccumulatorCoder(CoderRegistry registry, Coder<String> values) {
    return new ValueSet.ValueSetCoder();
  }

  @Override
  public Coder<ValueSet> getDefaultOutputCoder(CoderRegistry registry, Coder<String> values) {
    return new ValueSet.ValueSetCoder();
  }
}
