package dev.millrace.stages.window;

import dev.millrace.record.Record;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What {@link SelectInterval} returns. Every record of its input is in one of the two.
 *
 * @param inside the records whose event time is in the interval
 * @param outside the others, of which only the count is of interest
 */
public record Selection(PCollection<Record> inside, PCollection<Record> outside)
    implements POutput {

  @Override
  public Pipeline getPipeline() {
    return inside.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<Record>("inside"), inside, new TupleTag<Record>("outside"), outside);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
