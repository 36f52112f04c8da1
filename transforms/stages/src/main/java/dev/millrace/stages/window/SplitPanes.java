package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Tells the last result of each group and window from those before it. The input is what {@link
 * Aggregate} makes of records in {@link Windows}, whose panes accumulate and whose last pane comes
 * when the allowed lateness has passed.
 *
 * <p>The last result is the one to publish: it has all records that were on time, so it is what a
 * bounded run computes, and a table of them has one row a group and window. The results before it
 * are for those who can't wait; they have two more fields, {@code pane}, from 0 on, and {@code
 * timing}: {@code early}, {@code on_time} or {@code late}.
 *
 * <p>Bounded or unbounded; bounded, every result is the last. Timestamps and windows are left as
 * they are.
 */
public final class SplitPanes extends PTransform<PCollection<Record>, PaneSplit> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Record> LAST = new TupleTag<>("last") {};
  private static final TupleTag<Record> UPDATES = new TupleTag<>("updates") {};

  private SplitPanes() {}

  /** By what the runner says of each pane. */
  public static SplitPanes create() {
    return new SplitPanes();
  }

  @Override
  public PaneSplit expand(PCollection<Record> results) {
    RecordSchema schema = RecordCoder.schemaOf(results);
    RecordSchema updates = withPane(schema);
    PCollectionTuple split =
        results.apply(
            "Split", ParDo.of(new Split(updates)).withOutputTags(LAST, TupleTagList.of(UPDATES)));
    return new PaneSplit(
        split.get(LAST).setCoder(RecordCoder.of(schema)),
        split.get(UPDATES).setCoder(RecordCoder.of(updates)));
  }

  private static RecordSchema withPane(RecordSchema schema) {
    List<RecordSchema.Field> fields = new ArrayList<>(schema.fields());
    fields.add(RecordSchema.Field.required("pane", FieldType.INTEGER));
    fields.add(RecordSchema.Field.required("timing", FieldType.STRING));
    return RecordSchema.of(schema.name() + "_update", fields);
  }

  private static final class Split extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    private final RecordSchema updates;

    Split(RecordSchema updates) {
      this.updates = updates;
    }

    @ProcessElement
    public void process(@Element Record result, PaneInfo pane, MultiOutputReceiver outputs) {
      if (pane.isLast()) {
        outputs.get(LAST).output(result);
      } else {
        outputs.get(UPDATES).output(update(result, pane));
      }
    }

    private Record update(Record result, PaneInfo pane) {
      RecordBuilder builder = new RecordBuilder(updates);
      int fields = updates.fields().size() - 2;
      for (int field = 0; field < fields; field++) {
        builder.setFrom(field, result, field);
      }
      byte[] timing = timing(pane).getBytes(StandardCharsets.US_ASCII);
      builder.setLong(fields, pane.getIndex());
      builder.setText(fields + 1, timing, 0, timing.length);
      return builder.build(result.eventTimeMillis(), result.source(), result.offset());
    }

    private static String timing(PaneInfo pane) {
      return switch (pane.getTiming()) {
        case EARLY -> "early";
        case ON_TIME, UNKNOWN -> "on_time";
        case LATE -> "late";
      };
    }
  }
}
