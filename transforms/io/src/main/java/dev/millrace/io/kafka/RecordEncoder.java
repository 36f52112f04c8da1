package dev.millrace.io.kafka;

import dev.millrace.io.JsonText;
import dev.millrace.record.Envelope;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Records to messages with their JSON, and with what the messages had that they came in. */
final class RecordEncoder implements MessageEncoder<Record> {
  private static final long serialVersionUID = 1L;
  private static final Envelope NO_ENVELOPE = Envelope.of(OptionalLong.empty(), null, List.of());

  /** None for the key that a message came with. */
  private final int[] key;

  private final Map<String, String> headers;
  private transient JsonText json;
  private transient MessageHeaders encoded;

  RecordEncoder(int[] key, Map<String, String> headers) {
    this.key = key;
    this.headers = headers;
  }

  @Override
  public KafkaMessage encode(Record record) {
    setUp();
    byte[] value = json.clear().record(record).bytes();
    Envelope envelope = record.envelope().orElse(NO_ENVELOPE);
    byte[] messageKey = key.length == 0 ? envelope.key().orElse(null) : key(record);
    return KafkaMessage.of(messageKey, value)
        .at(envelope.publishedMillis().orElse(record.eventTimeMillis()))
        .with(MessageHeaders.of(envelope).headers())
        .with(encoded.headers());
  }

  private void setUp() {
    if (json == null) {
      json = new JsonText();
      encoded = MessageHeaders.of(headers);
    }
  }

  /** The key of the fields, or null if one of them is. */
  byte[] key(Record record) {
    setUp();
    for (int field : key) {
      if (record.isNull(field)) {
        return null;
      }
    }
    if (key.length > 1) {
      return json.clear().fields(record, key).bytes();
    }
    return plain(record, key[0]);
  }

  /** As in JSON, without the quotes of what needs no escapes. */
  private byte[] plain(Record record, int field) {
    FieldType type = record.schema().field(field).type();
    if (type == FieldType.STRING) {
      return record.stringAt(field).getBytes(StandardCharsets.UTF_8);
    }
    String text = json.clear().value(record, field).toString();
    boolean quoted =
        type == FieldType.DATE || type == FieldType.TIME || type == FieldType.TIMESTAMP;
    return (quoted ? text.substring(1, text.length() - 1) : text).getBytes(StandardCharsets.UTF_8);
  }
}
