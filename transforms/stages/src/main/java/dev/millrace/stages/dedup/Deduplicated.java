package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
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
 * What {@link DropDuplicates} returns. Every record of its input is in one of the three.
 *
 * @param unique the records to go on with, without their original bytes
 * @param duplicates the exact copies of others, to be counted or kept
 * @param conflicts the records that have the key of another one and a different body
 */
public record Deduplicated(
    PCollection<Record> unique, PCollection<Record> duplicates, PCollection<Rejected> conflicts)
    implements POutput {

  /**
   * Adds the conflicts to a list, to be quarantined together with other rejects, and gives back
   * this result.
   */
  public Deduplicated conflictsTo(Collection<PCollection<Rejected>> rejects) {
    rejects.add(conflicts);
    return this;
  }

  @Override
  public Pipeline getPipeline() {
    return unique.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(
        new TupleTag<Record>("unique"), unique,
        new TupleTag<Record>("duplicates"), duplicates,
        new TupleTag<Rejected>("conflicts"), conflicts);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
