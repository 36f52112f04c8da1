package dev.millrace.benchmarks.spark;

import static dev.millrace.benchmarks.spark.Lines.field;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_timestamp;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A flight, and the rules of its contract, as columns. */
final class FlightRules {
  /** The flight, as it is read and as it is written. */
  static final StructType FLIGHT =
      new StructType()
          .add("date", DataTypes.TimestampType)
          .add("delay", DataTypes.LongType)
          .add("distance", DataTypes.LongType)
          .add("origin", DataTypes.StringType)
          .add("destination", DataTypes.StringType);

  private static final String AIRPORT = "^[A-Z0-9]{3}$";

  private FlightRules() {}

  /** What a good flight is, whose line {@link Lines} has read. */
  static Column rules() {
    return field("date")
        .geq(to_timestamp(lit("2001-01-01T00:00:00Z")))
        .and(field("date").lt(to_timestamp(lit("2001-07-01T00:00:00Z"))))
        .and(field("delay").between(-120, 720))
        .and(field("distance").geq(1))
        .and(field("origin").rlike(AIRPORT))
        .and(field("destination").rlike(AIRPORT));
  }
}
