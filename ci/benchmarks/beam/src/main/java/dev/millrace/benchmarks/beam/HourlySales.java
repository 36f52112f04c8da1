package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Group;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Mean;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts and sums events by hour, type and country. */
final class HourlySales extends PTransform<PCollection<Row>, PCollection<Row>> {
  static final Schema HOUR =
      Schema.builder()
          .addStringField("type")
          .addStringField("country")
          .addDateTimeField(NameHours.START)
          .addDateTimeField(NameHours.END)
          .addInt64Field("count")
          .addDoubleField("sum_amount")
          .addDoubleField("mean_duration_ms")
          .build();

  private static final Schema SALE =
      Schema.builder()
          .addDateTimeField(NameHours.START)
          .addStringField("type")
          .addStringField("country")
          .addDoubleField("amount")
          .addInt64Field("duration_ms")
          .build();

  @Override
  public PCollection<Row> expand(PCollection<Row> events) {
    return events
        .apply("TakeSales", MapElements.into(TypeDescriptors.rows()).via(HourlySales::sale))
        .setRowSchema(SALE)
        .apply(
            "AddUp",
            Group.<Row>byFieldNames(NameHours.START, "type", "country")
                .aggregateField("type", Count.combineFn(), "count")
                .aggregateField("amount", Sum.ofDoubles(), "sum_amount")
                .aggregateField("duration_ms", Mean.<Long>of(), "mean_duration_ms"))
        .apply("NameHours", ParDo.of(new NameHours(HOUR)))
        .setRowSchema(HOUR);
  }

  private static Row sale(Row event) {
    return Row.withSchema(SALE)
        .addValues(
            NameHours.start(event, "event_time"),
            event.getString("type"),
            event.getString("country"),
            event.getDouble("amount"),
            event.getInt64("duration_ms"))
        .build();
  }
}
