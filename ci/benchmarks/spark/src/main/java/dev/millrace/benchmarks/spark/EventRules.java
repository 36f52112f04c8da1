package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_timestamp;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** An event, and the rules of the contract, as columns. */
final class EventRules {
  /** What Spark puts a line into that it could not read. */
  static final String CORRUPT = "_corrupt_record";

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
   * Whether the event of a line is good. Spark reads a number where text is expected, so pages are
   * to be addresses; it ignores what follows an object, and fields that it is not asked for.
   */
  static Column good(Column line, String event) {
    Column rules =
        field(event, CORRUPT)
            .isNull()
            .and(length(field(event, "id")).between(24, 32))
            .and(field(event, "event_time").geq(to_timestamp(lit("2026-01-01T00:00:00Z"))))
            .and(field(event, "event_time").lt(to_timestamp(lit("2027-01-01T00:00:00Z"))))
            .and(length(field(event, "user_id")).between(1, 32))
            .and(length(field(event, "session_id")).between(8, 32))
            .and(field(event, "type").isin(TYPES))
            .and(field(event, "country").rlike("^[A-Z]{2}$"))
            .and(field(event, "device").isin(DEVICES))
            .and(length(field(event, "page")).between(1, 2048))
            .and(field(event, "page").startsWith("https://"))
            .and(isAtMost(field(event, "referrer"), 2048))
            .and(isAtMost(field(event, "user_agent"), 512))
            .and(field(event, "amount").between(0, 100_000))
            .and(field(event, "quantity").between(1, 1000))
            .and(field(event, "duration_ms").between(0, 86_400_000))
            .and(field(event, "signed_in").isNotNull())
            .and(isAtMost(field(event, "campaign"), 64))
            .and(line.endsWith("}}").unary_$bang())
            .and(hasKnownFields(line));
    return coalesce(rules, lit(false));
  }

  private static Column hasKnownFields(Column line) {
    Column known =
        org.apache.spark.sql.functions.array(
            Arrays.stream(EVENT.fieldNames()).map(name -> lit(name)).toArray(Column[]::new));
    return array_size(array_except(json_object_keys(line), known)).equalTo(0);
  }

  private static Column isAtMost(Column text, int max) {
    return text.isNull().or(length(text).leq(max));
  }

  private static Column field(String event, String name) {
    return col(event + "." + name);
  }
}
