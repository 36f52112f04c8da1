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
 * What {@link SplitPanes} returns. Every result of its input is in one of the two.
 *
 * @param last the result of each group and window that no other takes the place of
 * @param updates the results before them, with {@code pane} and {@code timing}
 */
public record PaneSplit(PCollection<Record> last, PCollection<Record> updates) implements POutput {

  @Override
  public Pipeline getPipeline() {
    return last.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<Record>("last"), last, new TupleTag<Record>("updates"), updates);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
