package dev.millrace.benchmarks.spark;

import static dev.millrace.benchmarks.spark.Lines.field;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_timestamp;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** An event, and the rules of the contract, as columns. */
final class EventRules {
  /** The event, as it is read and as it is written. */
  static final StructType EVENT =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("event_time", DataTypes.TimestampType)
          .add("user_id", DataTypes.StringType)
          .add("session_id", DataTypes.StringType)
          .add("type", DataTypes.StringType)
          .add("country", DataTypes.StringType)
          .add("device", DataTypes.StringType)
          .add("page", DataTypes.StringType)
          .add("referrer", DataTypes.StringType)
          .add("user_agent", DataTypes.StringType)
          .add("amount", DataTypes.DoubleType)
          .add("quantity", DataTypes.LongType)
          .add("duration_ms", DataTypes.LongType)
          .add("signed_in", DataTypes.BooleanType)
          .add("campaign", DataTypes.StringType);

  private static final Object[] TYPES = {
    "page_view",
    "search",
    "product_view",
    "add_to_cart",
    "checkout",
    "purchase",
    "refund",
    "sign_in"
  };
  private static final Object[] DEVICES = {"desktop", "mobile", "tablet", "tv", "console"};

  private EventRules() {}

  /**
   * What a good event is, whose line {@link Lines} has read. Spark reads a number where text is
   * expected, so pages are to be addresses.
   */
  static Column rules() {
    return length(field("id"))
        .between(24, 32)
        .and(field("event_time").geq(to_timestamp(lit("2026-01-01T00:00:00Z"))))
        .and(field("event_time").lt(to_timestamp(lit("2027-01-01T00:00:00Z"))))
        .and(length(field("user_id")).between(1, 32))
        .and(length(field("session_id")).between(8, 32))
        .and(field("type").isin(TYPES))
        .and(field("country").rlike("^[A-Z]{2}$"))
        .and(field("device").isin(DEVICES))
        .and(length(field("page")).between(1, 2048))
        .and(field("page").startsWith("https://"))
        .and(isAtMost(field("referrer"), 2048))
        .and(isAtMost(field("user_agent"), 512))
        .and(field("amount").between(0, 100_000))
        .and(field("quantity").between(1, 1000))
        .and(field("duration_ms").between(0, 86_400_000))
        .and(field("signed_in").isNotNull())
        .and(isAtMost(field("campaign"), 64));
  }

  private static Column isAtMost(Column text, int max) {
    return text.isNull().or(length(text).leq(max));
  }
}
