package dev.millrace.stages.refer;

import dev.millrace.record.ReferenceVersion;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;

/**
 * The values of the latest version of a reference, as a view that changes with each version. Panes
 * accumulate, so that a version which overtakes its successor on the way doesn't replace it.
 */
final class LatestVersion
    extends PTransform<PCollection<ReferenceVersion>, PCollectionView<ValueSet>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollectionView<ValueSet> expand(PCollection<ReferenceVersion> versions) {
    return versions
        .apply(
            "Globally",
            Window.<ReferenceVersion>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Latest", Combine.globally(new KeepLatest()).asSingletonView());
  }
}
