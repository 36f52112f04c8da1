package dev.millrace.io;

import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;

/** Puts the elements of bounded collections into the global window, where files are written. */
final class Unwindow {
  private Unwindow() {}

  /** The elements in the global window: the collection itself if they are there already. */
  static <T> PCollection<T> all(String name, PCollection<T> elements) {
    if (elements.getWindowingStrategy().equals(WindowingStrategy.globalDefault())) {
      return elements;
    }
    return elements.apply(
        name,
        Window.<T>into(new GlobalWindows())
            .triggering(DefaultTrigger.of())
            .withAllowedLateness(Duration.ZERO)
            .discardingFiredPanes());
  }
}
