package dev.millrace.io.table;

import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What {@link WriteManifest} and {@link PublishCommits} take. Any of the collections may turn out
 * to have no elements.
 *
 * @param files the files of all sinks
 * @param tallies the tallies of all stages; the same tally may be counted in several places
 */
public record ManifestEntries(
    PCollectionList<WrittenFile> files, PCollectionList<KV<Tally, Long>> tallies)
    implements PInput {

  /** Writes the manifest of these entries, or publishes them by commit. */
  public PDone apply(String name, PTransform<ManifestEntries, PDone> closing) {
    return Pipeline.applyTransform(name, this, closing);
  }

  /** Unbounded if any of the collections is. */
  IsBounded isBounded() {
    return Stream.concat(files.getAll().stream(), tallies.getAll().stream())
        .map(PCollection::isBounded)
        .reduce(IsBounded.BOUNDED, IsBounded::and);
  }

  @Override
  public Pipeline getPipeline() {
    return files.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> values = new HashMap<>(files.expand());
    values.putAll(tallies.expand());
    return values;
  }
}
