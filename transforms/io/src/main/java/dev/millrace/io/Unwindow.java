package dev.millrace.io;

import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;

/**
 * Puts the elements of collections into the global window, where files are written. Unbounded ones
 * are grouped there when the pipeline ends: what gathers more than names and counts until then must
 * not rely on that.
 */
public final class Unwindow {
  private Unwindow() {}

  /**
   * The elements in the global window, for what takes each by itself, so that triggers don't
   * matter: the collection itself if they are there already.
   */
  public static <T> PCollection<T> each(String name, PCollection<T> elements) {
    return elements.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        ? elements
        : elements.apply(name, Window.into(new GlobalWindows()));
  }

  /** The elements in the global window: the collection itself if they are there already. */
  public static <T> PCollection<T> all(String name, PCollection<T> elements) {
    return all(name, elements, elements.isBounded());
  }

  /** Likewise, with the trigger that goes with other collections: unbounded if any of them is. */
  public static <T> PCollection<T> all(String name, PCollection<T> elements, IsBounded together) {
    if (together == IsBounded.UNBOUNDED) {
      return elements.apply(name, once(Repeatedly.forever(AfterWatermark.pastEndOfWindow())));
    }
    if (elements.getWindowingStrategy().equals(WindowingStrategy.globalDefault())) {
      return elements;
    }
    return elements.apply(name, once(DefaultTrigger.of()));
  }

  private static <T> Window<T> once(Trigger trigger) {
    return Window.<T>into(new GlobalWindows())
        .triggering(trigger)
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }
}
