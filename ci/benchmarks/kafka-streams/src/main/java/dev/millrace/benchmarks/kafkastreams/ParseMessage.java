package dev.millrace.benchmarks.kafkastreams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.EventRules;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.plain.StrictReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Reads messages as events, whose own time they have from here on. */
final class ParseMessage extends ContextualFixedKeyProcessor<byte[], byte[], Message> {
  private final ObjectReader reader = StrictReader.of(Event.class);

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> message) {
    Message parsed = parse(message.value());
    FixedKeyRecord<byte[], Message> record = message.withValue(parsed);
    context()
        .forward(parsed.isEvent() ? record.withTimestamp(parsed.event().eventTime / 1000) : record);
  }

  private Message parse(byte[] message) {
    try {
      Event event = reader.readValue(message);
      List<String> violations = EventRules.violations(event);
      return violations.isEmpty()
          ? new Message(event, null)
          : rejected("contract", violations.toArray(new String[0]), message);
    } catch (JsonProcessingException e) {
      return rejected(StrictReader.reason(e), new String[] {e.getOriginalMessage()}, message);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a message: " + e.getMessage(), e);
    }
  }

  private static Message rejected(String reason, String[] violations, byte[] message) {
    String original = new String(message, StandardCharsets.UTF_8);
    return new Message(null, new Rejection(reason, violations, original));
  }
}
