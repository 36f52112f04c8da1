package dev.millrace.stages.window;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What {@link SelectInterval} and {@link SelectRejects} return. Every element of their input is in
 * one of the two.
 *
 * @param inside those whose event time is in the interval
 * @param outside the others, of which only the count is of interest; not there if both ends of the
 *     interval are open
 */
public record Selection<T>(PCollection<T> inside, Optional<PCollection<T>> outside)
    implements POutput {

  @Override
  public Pipeline getPipeline() {
    return inside.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new LinkedHashMap<>();
    outputs.put(new TupleTag<T>("inside"), inside);
    outside.ifPresent(records -> outputs.put(new TupleTag<T>("outside"), records));
    return outputs;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
