package dev.millrace.benchmarks.expert;

import dev.millrace.benchmarks.expert.EventRow.Text;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Hands the columns of a row to Parquet from the row's bytes. */
final class EventWriteSupport extends WriteSupport<EventRow> {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message event {
            required binary id (STRING);
            required binary user_id (STRING);
            required binary session_id (STRING);
            required binary type (STRING);
            required binary country (STRING);
            required binary device (STRING);
            required binary page (STRING);
            optional binary referrer (STRING);
            optional binary user_agent (STRING);
            optional binary campaign (STRING);
            required int64 event_time (TIMESTAMP(MICROS,true));
            required double amount;
            required int64 quantity;
            required int64 duration_ms;
            required boolean signed_in;
          }
          """);

  private static final int EVENT_TIME = Text.COUNT;
  private static final int AMOUNT = EVENT_TIME + 1;
  private static final int QUANTITY = AMOUNT + 1;
  private static final int DURATION = QUANTITY + 1;
  private static final int SIGNED_IN = DURATION + 1;

  private RecordConsumer columns;

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer newColumns) {
    columns = newColumns;
  }

  @Override
  public void write(EventRow row) {
    columns.startMessage();
    int at = EventRow.textsStart();
    for (int text = 0; text < Text.COUNT; text++) {
      int length = row.length(text);
      if (length != EventRow.ABSENT) {
        start(text);
        columns.addBinary(Binary.fromReusedByteArray(row.bytes, at, length));
        end(text);
        at += length;
      }
    }
    start(EVENT_TIME);
    columns.addLong(row.micros());
    end(EVENT_TIME);
    start(AMOUNT);
    columns.addDouble(row.amount());
    end(AMOUNT);
    start(QUANTITY);
    columns.addLong(row.quantity());
    end(QUANTITY);
    start(DURATION);
    columns.addLong(row.durationMs());
    end(DURATION);
    start(SIGNED_IN);
    columns.addBoolean(row.signedIn());
    end(SIGNED_IN);
    columns.endMessage();
  }

  private void start(int field) {
    columns.startField(SCHEMA.getFieldName(field), field);
  }

  private void end(int field) {
    columns.endField(SCHEMA.getFieldName(field), field);
  }
}
