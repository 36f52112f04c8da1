package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Gives records their event times as timestamps, which {@link Windows} goes by, where they have had
 * others. Bounded or unbounded; windows are left as they are. Event times may lie before the
 * watermark; those of records that {@link SplitLate} found on time are in windows that still go on.
 */
public final class StampEventTimes extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private StampEventTimes() {}

  /** From the records themselves. */
  public static StampEventTimes create() {
    return new StampEventTimes();
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> records) {
    RecordCoder coder = RecordCoder.of(RecordCoder.schemaOf(records));
    return records.apply("Stamp", ParDo.of(new Stamp())).setCoder(coder);
  }

  private static final class Stamp extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    /** All of time. */
    private static final Duration ANY_SKEW =
        new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

    @ProcessElement
    public void process(@Element Record record, OutputReceiver<Record> output) {
      output.outputWithTimestamp(record, record.eventTime());
    }

    @Override
    @Deprecated // by Beam, which has no replacement
    public Duration getAllowedTimestampSkew() {
      return ANY_SKEW;
    }
  }
}
