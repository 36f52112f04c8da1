package dev.millrace.benchmarks.flinksql;

import dev.millrace.benchmarks.flinksql.JsonFields.Field;
import dev.millrace.benchmarks.flinksql.JsonFields.Kind;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/**
 * A line as an event, whose {@code flaw} says why it is none. The line itself is in the result so
 * that all who need anything of it need the same, and the planner has it parsed once.
 */
public final class ParseEvent extends ScalarFunction {
  static final JsonFields EVENT =
      JsonFields.of(
          new Field("id", Kind.TEXT),
          new Field("event_time", Kind.TIME),
          new Field("user_id", Kind.TEXT),
          new Field("session_id", Kind.TEXT),
          new Field("type", Kind.TEXT),
          new Field("country", Kind.TEXT),
          new Field("device", Kind.TEXT),
          new Field("page", Kind.TEXT),
          new Field("referrer", Kind.TEXT),
          new Field("user_agent", Kind.TEXT),
          new Field("amount", Kind.NUMBER),
          new Field("quantity", Kind.INTEGER),
          new Field("duration_ms", Kind.INTEGER),
          new Field("signed_in", Kind.FLAG),
          new Field("campaign", Kind.TEXT));

  /** Parses a line. */
  @DataTypeHint(
      "ROW<flaw STRING, original STRING, id STRING, event_time TIMESTAMP(3), user_id STRING,"
          + " session_id STRING, type STRING, country STRING, device STRING, page STRING,"
          + " referrer STRING, user_agent STRING, amount DOUBLE, quantity BIGINT,"
          + " duration_ms BIGINT, signed_in BOOLEAN, campaign STRING>")
  public Row eval(String line) {
    return EVENT.read(line);
  }

  /** Or else the planner calls the function again for each field that is taken of its result. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
