package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Instant;

/**
 * Keeps the records of a logical interval {@code [from, to)} of event time, and sets the others
 * apart so that they can be counted. Bounded or unbounded; timestamps and windows are left as they
 * are; one comparison a record. Where both ends are open it is no step at all.
 */
public final class SelectInterval extends PTransform<PCollection<Record>, Selection<Record>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Record> INSIDE = new TupleTag<>("inside") {};
  private static final TupleTag<Record> OUTSIDE = new TupleTag<>("outside") {};

  private final long fromMillis;
  private final long toMillis;

  private SelectInterval(long fromMillis, long toMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  /**
   * The interval that starts at {@code from} and ends before {@code to}; the least and the greatest
   * instant there are stand for open ends.
   */
  public static SelectInterval of(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Invalid interval: %s to %s (expected a start before its end)".formatted(from, to));
    }
    return new SelectInterval(from.getMillis(), to.getMillis());
  }

  @Override
  public Selection<Record> expand(PCollection<Record> records) {
    if (fromMillis == Long.MIN_VALUE && toMillis == Long.MAX_VALUE) {
      return new Selection<>(records, Optional.empty());
    }
    RecordCoder coder = RecordCoder.of(RecordCoder.schemaOf(records));
    PCollectionTuple selected =
        records.apply(
            "Compare",
            ParDo.of(new Compare(fromMillis, toMillis))
                .withOutputTags(INSIDE, TupleTagList.of(OUTSIDE)));
    return new Selection<>(
        selected.get(INSIDE).setCoder(coder), Optional.of(selected.get(OUTSIDE).setCoder(coder)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("from", Instant.ofEpochMilli(fromMillis)))
        .add(DisplayData.item("to", Instant.ofEpochMilli(toMillis)));
  }

  private static final class Compare extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    private final long fromMillis;
    private final long toMillis;

    Compare(long fromMillis, long toMillis) {
      this.fromMillis = fromMillis;
      this.toMillis = toMillis;
    }

    @ProcessElement
    public void process(@Element Record record, MultiOutputReceiver outputs) {
      long time = record.eventTimeMillis();
      outputs.get(fromMillis <= time && time < toMillis ? INSIDE : OUTSIDE).output(record);
    }
  }
}
