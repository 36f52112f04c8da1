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
 * What {@link SplitLate} returns. Every record of its input is in one of the two.
 *
 * @param onTime the records to go on with
 * @param late the records that came too late for their windows
 */
public record LateSplit(PCollection<Record> onTime, PCollection<Record> late) implements POutput {

  @Override
  public Pipeline getPipeline() {
    return onTime.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<Record>("onTime"), onTime, new TupleTag<Record>("late"), late);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
