package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Passes the results of {@link Aggregate} on, and fails the run at one whose window ends after what
 * is known: a session that may go on is not what it will be. Bounded or unbounded; timestamps and
 * windows are left as they are; one comparison a result.
 */
public final class RequireClosed extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private final Instant known;
  private final String expected;

  private RequireClosed(Instant known, String expected) {
    this.known = known;
    this.expected = expected;
  }

  /**
   * Windows must have ended by then.
   *
   * @param known before it, all records are known
   * @param expected what would help, for the message
   */
  public static RequireClosed by(Instant known, String expected) {
    return new RequireClosed(known, expected);
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> results) {
    return results
        .apply("Compare", ParDo.of(new Compare(known, expected)))
        .setCoder(RecordCoder.of(RecordCoder.schemaOf(results)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("by", known));
  }

  private static final class Compare extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    private final Instant known;
    private final String expected;

    Compare(Instant known, String expected) {
      this.known = known;
      this.expected = expected;
    }

    @ProcessElement
    public void process(
        @Element Record result, BoundedWindow window, OutputReceiver<Record> output) {
      IntervalWindow interval = (IntervalWindow) window;
      if (interval.end().isAfter(known)) {
        throw new IllegalStateException(
            "Cannot close the window of %s: it may go on after %s, and what comes from then on is not read (expected %s)"
                .formatted(interval.start(), known, expected));
      }
      output.output(result);
    }
  }
}
