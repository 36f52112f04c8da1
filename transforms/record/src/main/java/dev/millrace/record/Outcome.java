package dev.millrace.record;

import java.util.Collection;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What a fallible stage returns: what passed, and what it rejected. Every element of its input is
 * in one of the two.
 *
 * @param passed the elements that the stage passes on
 * @param rejected the others, with reasons
 */
public record Outcome<T>(PCollection<T> passed, PCollection<Rejected> rejected) implements POutput {

  /**
   * Adds the rejects to a list, to be quarantined together, and gives back what passed, so that a
   * pipeline reads as one sentence.
   */
  public PCollection<T> rejectedTo(Collection<PCollection<Rejected>> rejects) {
    rejects.add(rejected);
    return passed;
  }

  @Override
  public Pipeline getPipeline() {
    return passed.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<T>("passed"), passed, new TupleTag<Rejected>("rejected"), rejected);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
