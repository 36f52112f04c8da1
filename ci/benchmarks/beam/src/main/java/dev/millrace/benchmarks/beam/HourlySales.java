package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Group;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Mean;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Counts and sums events by hour, type and country. The hour is a field of the key and no window,
 * since {@code Distinct} emits events with the time of the end.
 */
final class HourlySales extends PTransform<PCollection<Row>, PCollection<Row>> {
  static final Schema HOUR =
      Schema.builder()
          .addStringField("type")
          .addStringField("country")
          .addDateTimeField("window_start")
          .addDateTimeField("window_end")
          .addInt64Field("count")
          .addDoubleField("sum_amount")
          .addDoubleField("mean_duration_ms")
          .build();

  private static final Schema SALE =
      Schema.builder()
          .addDateTimeField("hour")
          .addStringField("type")
          .addStringField("country")
          .addDoubleField("amount")
          .addInt64Field("duration_ms")
          .build();

  private static final long MILLIS = 3_600_000;

  @Override
  public PCollection<Row> expand(PCollection<Row> events) {
    return events
        .apply("TakeSales", MapElements.into(TypeDescriptors.rows()).via(HourlySales::sale))
        .setRowSchema(SALE)
        .apply(
            "AddUp",
            Group.<Row>byFieldNames("hour", "type", "country")
                .aggregateField("type", Count.combineFn(), "count")
                .aggregateField("amount", Sum.ofDoubles(), "sum_amount")
                .aggregateField("duration_ms", Mean.<Long>of(), "mean_duration_ms"))
        .apply("NameHours", MapElements.into(TypeDescriptors.rows()).via(HourlySales::hour))
        .setRowSchema(HOUR);
  }

  private static Row sale(Row event) {
    long millis = event.getDateTime("event_time").getMillis();
    return Row.withSchema(SALE)
        .addValues(
            Instant.ofEpochMilli(millis - millis % MILLIS),
            event.getString("type"),
            event.getString("country"),
            event.getDouble("amount"),
            event.getInt64("duration_ms"))
        .build();
  }

  private static Row hour(Row group) {
    Row key = group.getRow("key");
    Row value = group.getRow("value");
    Instant start = key.getDateTime("hour").toInstant();
    return Row.withSchema(HOUR)
        .addValues(
            key.getString("type"),
            key.getString("country"),
            start,
            start.plus(Duration.millis(MILLIS)),
            value.getInt64("count"),
            value.getDouble("sum_amount"),
            value.getDouble("mean_duration_ms"))
        .build();
  }
}
