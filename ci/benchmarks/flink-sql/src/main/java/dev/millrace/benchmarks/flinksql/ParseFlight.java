package dev.millrace.benchmarks.flinksql;

import dev.millrace.benchmarks.flinksql.JsonFields.Field;
import dev.millrace.benchmarks.flinksql.JsonFields.Kind;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/** A line as a flight, as {@link ParseEvent} has one as an event. */
public final class ParseFlight extends ScalarFunction {
  private static final JsonFields FLIGHT =
      JsonFields.of(
          new Field("date", Kind.TIME),
          new Field("delay", Kind.INTEGER),
          new Field("distance", Kind.INTEGER),
          new Field("origin", Kind.TEXT),
          new Field("destination", Kind.TEXT));

  /** Parses a line. */
  @DataTypeHint(
      "ROW<flaw STRING, original STRING, `date` TIMESTAMP(3), delay BIGINT, distance BIGINT,"
          + " origin STRING, destination STRING>")
  public Row eval(String line) {
    return FLIGHT.read(line);
  }

  /** As {@link ParseEvent#isDeterministic}. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
