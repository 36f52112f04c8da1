package dev.millrace.record;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.IncompatibleWindowException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PartitioningWindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Windows of the time of reading, one for each commit of a {@link CommitSchedule}. They are fixed
 * ones, aligned to 1970, that hold the times before it, too: what is read first has the earliest
 * timestamp there is.
 */
public final class CommitWindows extends PartitioningWindowFn<Object, IntervalWindow> {
  private static final long serialVersionUID = 1L;

  private final long intervalMillis;

  CommitWindows(Duration interval) {
    this.intervalMillis = interval.getMillis();
  }

  @Override
  public IntervalWindow assignWindow(Instant timestamp) {
    long start = Math.floorDiv(timestamp.getMillis(), intervalMillis) * intervalMillis;
    return new IntervalWindow(
        Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + intervalMillis));
  }

  @Override
  public Coder<IntervalWindow> windowCoder() {
    return IntervalWindow.getCoder();
  }

  @Override
  @Deprecated // by Beam, which still asks for it
  @SuppressWarnings("InlineMeSuggester")
  public boolean isCompatible(WindowFn<?, ?> other) {
    return equals(other);
  }

  @Override
  public void verifyCompatibility(WindowFn<?, ?> other) throws IncompatibleWindowException {
    if (!equals(other)) {
      throw new IncompatibleWindowException(
          other, "Commits of one interval are compatible with each other only");
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("interval", Duration.millis(intervalMillis)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommitWindows windows && windows.intervalMillis == intervalMillis;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(intervalMillis);
  }
}
