package dev.millrace.stages.window;

import dev.millrace.record.Record;
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
 * What {@link SplitLate} returns. Every record of its input is in one of the two.
 *
 * @param onTime the records to go on with
 * @param late the records that came too late for their windows; not there if the input is bounded,
 *     of which nothing is late
 */
public record LateSplit(PCollection<Record> onTime, Optional<PCollection<Record>> late)
    implements POutput {

  @Override
  public Pipeline getPipeline() {
    return onTime.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new LinkedHashMap<>();
    outputs.put(new TupleTag<Record>("onTime"), onTime);
    late.ifPresent(records -> outputs.put(new TupleTag<Record>("late"), records));
    return outputs;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
