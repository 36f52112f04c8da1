package dev.millrace.benchmarks.flinksql;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/** A message as an event, as {@link ParseEvent} has a line: from the bytes. */
public final class ParseMessage extends ScalarFunction {

  /** Parses a message. */
  @DataTypeHint(
      "ROW<flaw STRING, original BYTES, id STRING, event_time TIMESTAMP(3), user_id STRING,"
          + " session_id STRING, type STRING, country STRING, device STRING, page STRING,"
          + " referrer STRING, user_agent STRING, amount DOUBLE, quantity BIGINT,"
          + " duration_ms BIGINT, signed_in BOOLEAN, campaign STRING>")
  public Row eval(byte[] message) {
    return ParseEvent.EVENT.read(message);
  }

  /** As {@link ParseEvent#isDeterministic}. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
