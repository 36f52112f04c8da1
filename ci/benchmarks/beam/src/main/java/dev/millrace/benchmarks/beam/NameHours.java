package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Makes a row of what {@code Group} has by hour. The hour is a field of the key and no window,
 * since {@code Distinct} emits records with the time of the end.
 */
final class NameHours extends DoFn<Row, Row> {
  /** The field of the key that has the hour's start. */
  static final String START = "window_start";

  /** The field that is added, with the hour's end. */
  static final String END = "window_end";

  private static final Duration HOUR = Duration.standardHours(1);

  private final Schema schema;

  /** Makes rows of these fields: those of the key, those of the value, and {@link #END}. */
  NameHours(Schema schema) {
    this.schema = schema;
  }

  /** The start of the hour that a time is in. */
  static Instant start(Row record, String time) {
    long millis = record.getDateTime(time).getMillis();
    return Instant.ofEpochMilli(millis - millis % HOUR.getMillis());
  }

  @ProcessElement
  public void process(@Element Row group, OutputReceiver<Row> out) {
    Row key = group.getRow("key");
    Row value = group.getRow("value");
    Row.Builder row = Row.withSchema(schema);
    for (String name : schema.getFieldNames()) {
      if (name.equals(END)) {
        row.addValue(key.getDateTime(START).toInstant().plus(HOUR));
      } else {
        row.addValue((key.getSchema().hasField(name) ? key : value).getValue(name));
      }
    }
    out.output(row.build());
  }
}
