package dev.millrace.stages.quality;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** What a bundle has counted in each window. Elements mostly come in runs of one. */
final class PerWindow<C> {
  private final Supplier<C> nothing;
  private final Map<BoundedWindow, C> counts = new LinkedHashMap<>();
  private BoundedWindow last;
  private C lastCounts;

  PerWindow(Supplier<C> nothing) {
    this.nothing = nothing;
  }

  /** What is counted in a window, to count on. */
  C in(BoundedWindow window) {
    if (!window.equals(last)) {
      last = window;
      lastCounts = counts.computeIfAbsent(window, first -> nothing.get());
    }
    return lastCounts;
  }

  void forEach(BiConsumer<BoundedWindow, C> consumer) {
    counts.forEach(consumer);
  }
}
