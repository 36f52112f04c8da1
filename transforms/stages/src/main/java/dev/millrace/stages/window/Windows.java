package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.joda.time.Duration;

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
 * watermark passes its end, and again for each late record within the allowed lateness. Panes
 * accumulate: a later result takes the place of those before it, it does not add to them. Records
 * later than that are dropped by Beam without a trace, so apply {@link SplitLate} first.
 */
public final class Windows extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private final String config;
  private final WindowFn<Object, IntervalWindow> windows;
  private final Duration allowedLateness;

  private Windows(
      String config, WindowFn<Object, IntervalWindow> windows, Duration allowedLateness) {
    this.config = config;
    this.windows = windows;
    this.allowedLateness = allowedLateness;
  }

  /**
   * The windows that a config asks for.
   *
   * @throws IllegalArgumentException if the config is none of the above
   */
  public static Windows parse(String config) {
    return new Windows(config, WindowConfig.parse(config), Duration.ZERO);
  }

  /** For how long after its end a window still takes late records; zero unless set. */
  public Windows withAllowedLateness(Duration lateness) {
    return new Windows(config, windows, Lateness.check(lateness));
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> records) {
    RecordCoder coder = RecordCoder.of(RecordCoder.schemaOf(records));
    Window<Record> window =
        Window.<Record>into(windows).withAllowedLateness(allowedLateness).accumulatingFiredPanes();
    if (records.isBounded() == IsBounded.BOUNDED) {
      window = Window.into(windows);
    }
    return records.apply("Assign", window).setCoder(coder);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("windows", config))
        .add(DisplayData.item("allowedLateness", allowedLateness));
  }
}
