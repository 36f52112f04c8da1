package dev.millrace.benchmarks.beam;

import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** An event as a row. */
final class EventSchema {
  static final Schema EVENT =
      Schema.builder()
          .addStringField("id")
          .addDateTimeField("event_time")
          .addStringField("user_id")
          .addStringField("session_id")
          .addStringField("type")
          .addStringField("country")
          .addStringField("device")
          .addStringField("page")
          .addNullableField("referrer", FieldType.STRING)
          .addNullableField("user_agent", FieldType.STRING)
          .addDoubleField("amount")
          .addInt64Field("quantity")
          .addInt64Field("duration_ms")
          .addBooleanField("signed_in")
          .addNullableField("campaign", FieldType.STRING)
          .build();

  static final Set<String> FIELDS = Set.copyOf(EVENT.getFieldNames());

  private EventSchema() {}
}
