package dev.millrace.stages.quality;

import dev.millrace.record.Tally;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * What all tallies share: elements are counted a bundle at a time by a function that outputs its
 * counts when the bundle ends. The counts are parts, to be added up where they are used: one
 * shuffle for all tallies, not one for each. They are in the windows of what they count, if each
 * element has one that stays as it is, and otherwise in the global one. They are shown as metrics,
 * too, for who watches a run that goes on.
 */
final class CountPerBundle<T> extends PTransform<PCollection<T>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final DoFn<T, KV<Tally, Long>> counter;

  CountPerBundle(DoFn<T, KV<Tally, Long>> counter) {
    this.counter = counter;
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<T> elements) {
    return inOneWindow(elements)
        .apply("PerBundle", ParDo.of(counter))
        .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
  }

  /** Outputs what a bundle counted in a window, and shows it as a metric. */
  static <T> void output(
      DoFn<T, KV<Tally, Long>>.FinishBundleContext context,
      BoundedWindow window,
      Tally tally,
      long count) {
    context.output(KV.of(tally, count), window.maxTimestamp(), window);
    ShownTally.show(tally, count);
  }

  private static <T> PCollection<T> inOneWindow(PCollection<T> elements) {
    WindowFn<?, ?> windows = elements.getWindowingStrategy().getWindowFn();
    return windows.assignsToOneWindow() && windows.isNonMerging()
        ? elements
        : elements.apply("Globally", Window.into(new GlobalWindows()));
  }
}
