package dev.millrace.stages.window;

import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PartitioningWindowFn;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Assigns records to windows of event time:
 *
 * <table>
 *   <caption>What can be asked for</caption>
 *   <tr><td>{@code 1h}</td><td>fixed windows, aligned to 1970-01-01T00:00:00Z</td></tr>
 *   <tr><td>{@code 1h every 15m}</td><td>sliding windows of an hour, one each 15 minutes</td></tr>
 *   <tr><td>{@code session 30m}</td><td>a window ends when nothing came for 30 minutes</td></tr>
 *   <tr><td>{@code day}</td><td>calendar days in UTC</td></tr>
 *   <tr><td>{@code day in America/New_York}</td><td>calendar days there, of 23 to 25 hours</td></tr>
 * </table>
 *
 * <p>Durations are written as everywhere: {@link dev.millrace.record.Durations}. The elements'
 * timestamps are their event times and are left as they are.
 *
 * <p><b>Bounded.</b> A window gives one result. <b>Unbounded.</b> A window gives a result when the
 * watermark passes its end, again for late records within the allowed lateness, and a last one when
 * that has passed, whether or not any came; {@link #withEarlyFirings} gives results before the end.
 * Panes accumulate: a later result takes the place of those before it, it does not add to them, and
 * {@link SplitPanes} finds the last one. Records later than that are dropped by Beam without a
 * trace, so apply {@link SplitLate} first.
 */
public final class Windows extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private static final Duration LONGEST_DAY = Duration.standardHours(25);

  private final String config;
  private final WindowFn<Object, IntervalWindow> windows;
  private final Duration allowedLateness;

  /** Null for no results before the end of a window. */
  private final Duration earlyFirings;

  private Windows(
      String config,
      WindowFn<Object, IntervalWindow> windows,
      Duration allowedLateness,
      Duration earlyFirings) {
    this.config = config;
    this.windows = windows;
    this.allowedLateness = allowedLateness;
    this.earlyFirings = earlyFirings;
  }

  /**
   * The windows that a config asks for.
   *
   * @throws IllegalArgumentException if the config is none of the above
   */
  public static Windows parse(String config) {
    return new Windows(config, WindowConfig.parse(config), Duration.ZERO, null);
  }

  /** For how long after its end a window still takes late records; zero unless set. */
  public Windows withAllowedLateness(Duration lateness) {
    return new Windows(config, windows, Lateness.check(lateness), earlyFirings);
  }

  /**
   * Gives results of windows that have not ended, too, so long after the first record that the last
   * result doesn't have, by the runner's clock. Bounded windows have no use for it.
   */
  public Windows withEarlyFirings(Duration delay) {
    if (delay.getMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid early firings: %s (expected 1ms or more)".formatted(delay));
    }
    return new Windows(config, windows, allowedLateness, delay);
  }

  /**
   * How long after the end of the partition that it starts in a window may end; of sessions, that
   * is of those that have one record only.
   */
  public Duration overhang(Partitioning partitioning) {
    if (windows instanceof FixedWindows fixed) {
      boolean aligned = partitioning.endMillis(0) % fixed.getSize().getMillis() == 0;
      return aligned ? Duration.ZERO : fixed.getSize();
    }
    if (windows instanceof SlidingWindows sliding) {
      return sliding.getSize();
    }
    if (windows instanceof Sessions sessions) {
      return sessions.getGapDuration();
    }
    return config.equals(WindowConfig.UTC_DAY) && partitioning == Partitioning.DAY
        ? Duration.ZERO
        : LONGEST_DAY;
  }

  /**
   * How long after an instant a window may end that starts before it: zero where all windows that
   * start before it end by then. Of sessions, that is of those that have one record only.
   */
  public Duration overhang(Instant instant) {
    if (windows instanceof PartitioningWindowFn<Object, IntervalWindow> one) {
      Instant end = one.assignWindow(instant.minus(Duration.millis(1))).end();
      boolean fixed = windows instanceof FixedWindows && !end.equals(instant);
      return fixed ? ((FixedWindows) (Object) windows).getSize() : new Duration(instant, end);
    }
    return windows instanceof SlidingWindows sliding
        ? sliding.getSize()
        : ((Sessions) windows).getGapDuration();
  }

  /**
   * How long before an instant a record may be that decides whether a window starts at the instant
   * or later: zero but for sessions.
   */
  public Duration lookBack() {
    return windows instanceof Sessions sessions ? sessions.getGapDuration() : Duration.ZERO;
  }

  /** Whether records alone decide how long a window goes on. */
  public boolean areSessions() {
    return windows instanceof Sessions;
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> records) {
    RecordCoder coder = RecordCoder.of(RecordCoder.schemaOf(records));
    Window<Record> window =
        records.isBounded() == IsBounded.BOUNDED ? Window.into(windows) : unbounded();
    return records.apply("Assign", window).setCoder(coder);
  }

  private Window<Record> unbounded() {
    Window<Record> window =
        Window.<Record>into(windows)
            .withAllowedLateness(allowedLateness, ClosingBehavior.FIRE_ALWAYS)
            .accumulatingFiredPanes();
    return earlyFirings == null
        ? window
        : window.triggering(
            AfterWatermark.pastEndOfWindow()
                .withEarlyFirings(
                    AfterProcessingTime.pastFirstElementInPane().plusDelayOf(earlyFirings))
                .withLateFirings(AfterPane.elementCountAtLeast(1)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("windows", config))
        .add(DisplayData.item("allowedLateness", allowedLateness))
        .addIfNotNull(DisplayData.item("earlyFirings", earlyFirings));
  }
}
