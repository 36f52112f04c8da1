package dev.millrace.io.reference;

import dev.millrace.io.InputException;
import dev.millrace.io.Reasons;
import java.io.IOException;
import java.time.Duration;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the values of one column of a file, as text, for records to be checked against: {@code
 * ReadReference.from("airports.csv#iata")}.
 *
 * <p>A file whose name ends in {@code .csv}, or {@code .csv.gz}, is CSV with a header (RFC 4180);
 * any other is NDJSON, one object a line. Both are UTF-8 and may be gzipped. A CSV value is its
 * text, so that {@code 007} stays that; a JSON value is a text, or a number as it is written. Empty
 * and null ones are left out. Values come in the order of the file, the same one as often as it is
 * there.
 *
 * <p>The file is read whole when this is made, so that a missing column or a broken line is known
 * at launch, and again when the pipeline runs, by one worker; {@link #refreshing}, whenever it
 * changes.
 */
public final class ReadReference extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final ReferenceColumn column;

  private ReadReference(ReferenceColumn column) {
    this.column = column;
  }

  /**
   * Reads a column of a file.
   *
   * @param reference path and column: {@code path#column}
   * @throws InputException if the file can't be read, or lacks the column, or has no value in it
   */
  public static ReadReference from(String reference) {
    ReferenceColumn column = ReferenceColumn.parse(reference);
    column.check();
    return new ReadReference(column);
  }

  /** What people call it: file and column, without the folder. */
  public String name() {
    return column.name();
  }

  /** Reads it again where it changes while an unbounded run goes on, looking so often. */
  public RefreshReference refreshing(Duration interval) {
    return RefreshReference.of(column, interval);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Column", Create.of(column).withCoder(SerializableCoder.of(ReferenceColumn.class)))
        .apply("Values", ParDo.of(new ReadValues()))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("from", column.toString()));
  }

  private static final class ReadValues extends DoFn<ReferenceColumn, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element ReferenceColumn column, OutputReceiver<String> values)
        throws IOException {
      try {
        column.forEach(values::output);
      } catch (IOException e) {
        throw new IOException(
            "Cannot read reference: %s: %s".formatted(column.path(), Reasons.of(e, column.path())),
            e);
      }
    }
  }
}
