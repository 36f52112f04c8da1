package dev.millrace.pipelines.sessions;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Makes the aggregates of session windows the rows of a table, in the global window. */
final class ToSessions extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private final SessionRow row;

  ToSessions(SessionRow row) {
    this.row = row;
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> aggregates) {
    RecordCoder coder = RecordCoder.of(row.schema());
    return aggregates
        .apply("Convert", MapElements.into(TypeDescriptor.of(Record.class)).via(row::of))
        .setCoder(coder)
        .apply("Globally", Window.into(new GlobalWindows()))
        .setCoder(coder);
  }
}
