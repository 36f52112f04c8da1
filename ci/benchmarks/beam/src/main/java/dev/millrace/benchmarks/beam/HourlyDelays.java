package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Group;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.Mean;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts flights, and has their mean and greatest delay, by hour and origin. */
final class HourlyDelays extends PTransform<PCollection<Row>, PCollection<Row>> {
  static final Schema HOUR =
      Schema.builder()
          .addStringField("origin")
          .addDateTimeField(NameHours.START)
          .addDateTimeField(NameHours.END)
          .addInt64Field("count")
          .addDoubleField("mean_delay")
          .addInt64Field("max_delay")
          .build();

  private static final Schema DELAY =
      Schema.builder()
          .addDateTimeField(NameHours.START)
          .addStringField("origin")
          .addInt64Field("delay")
          .build();

  @Override
  public PCollection<Row> expand(PCollection<Row> flights) {
    return flights
        .apply("TakeDelays", MapElements.into(TypeDescriptors.rows()).via(HourlyDelays::delay))
        .setRowSchema(DELAY)
        .apply(
            "AddUp",
            Group.<Row>byFieldNames(NameHours.START, "origin")
                .aggregateField("origin", Count.combineFn(), "count")
                .aggregateField("delay", Mean.<Long>of(), "mean_delay")
                .aggregateField("delay", Max.ofLongs(), "max_delay"))
        .apply("NameHours", ParDo.of(new NameHours(HOUR)))
        .setRowSchema(HOUR);
  }

  private static Row delay(Row flight) {
    return Row.withSchema(DELAY)
        .addValues(
            NameHours.start(flight, "date"), flight.getString("origin"), flight.getInt64("delay"))
        .build();
  }
}
