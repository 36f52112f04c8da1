package dev.millrace.stages.quality;

import dev.millrace.record.Tally;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * What all tallies share: elements are counted a bundle at a time by a function that outputs its
 * counts when the bundle ends. The counts are parts, to be added up where they are used: one
 * shuffle for all tallies, not one for each. They are in the windows of what they count, if each
 * element has one that stays as it is, and otherwise in the global one. Those of an unbounded run
 * are also shown as metrics while it goes on.
 */
final class CountPerBundle<T> extends PTransform<PCollection<T>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final DoFn<T, KV<Tally, Long>> counter;

  CountPerBundle(DoFn<T, KV<Tally, Long>> counter) {
    this.counter = counter;
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<T> elements) {
    PCollection<KV<Tally, Long>> tallies =
        inOneWindow(elements)
            .apply("PerBundle", ParDo.of(counter))
            .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
    if (tallies.isBounded() == IsBounded.UNBOUNDED) {
      tallies.apply("Show", ParDo.of(new ShowTallies()));
    }
    return tallies;
  }

  private static <T> PCollection<T> inOneWindow(PCollection<T> elements) {
    WindowFn<?, ?> windows = elements.getWindowingStrategy().getWindowFn();
    return windows.assignsToOneWindow() && windows.isNonMerging()
        ? elements
        : elements.apply("Globally", Window.into(new GlobalWindows()));
  }
}
