package dev.millrace.io.kafka;

import dev.millrace.record.Envelope;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rejected records to messages that have their bytes as they came, and in headers what is wrong.
 */
final class DeadLetterEncoder implements MessageEncoder<Rejected> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "millrace.";

  private final Map<String, String> context;

  DeadLetterEncoder(Map<String, String> context) {
    this.context = context;
  }

  @Override
  public KafkaMessage encode(Rejected rejected) {
    RawRecord raw = rejected.raw();
    Optional<Envelope> envelope = Optional.ofNullable(raw.envelope());
    byte[] key = envelope.flatMap(Envelope::key).orElse(null);
    boolean tombstone = envelope.map(Envelope::isTombstone).orElse(false);
    KafkaMessage message = KafkaMessage.of(key, tombstone ? null : raw.payload());
    OptionalLong published = envelope.map(Envelope::publishedMillis).orElse(OptionalLong.empty());
    OptionalLong time = published.isPresent() ? published : rejected.eventTimeMillis();
    MessageHeaders headers = envelope.map(MessageHeaders::of).orElseGet(MessageHeaders::new);
    addReasons(rejected, headers);
    return (time.isPresent() ? message.at(time.getAsLong()) : message).with(headers.headers());
  }

  private void addReasons(Rejected rejected, MessageHeaders headers) {
    Violation first = rejected.violations().get(0);
    headers
        .add(PREFIX + "id", rejected.id())
        .add(PREFIX + "stage", rejected.stage())
        .add(PREFIX + "reason", first.reason().code())
        .add(PREFIX + "rule", first.rule())
        .add(PREFIX + "message", first.message())
        .add(PREFIX + "path", first.path())
        .add(PREFIX + "violations", Integer.toString(rejected.violations().size()))
        .add(PREFIX + "source", rejected.raw().source())
        .add(PREFIX + "offset", Long.toString(rejected.raw().offset()));
    rejected
        .eventTimeMillis()
        .ifPresent(
            millis -> headers.add(PREFIX + "eventTime", Instant.ofEpochMilli(millis).toString()));
    context.forEach((name, value) -> headers.add(PREFIX + name, value));
  }
}
