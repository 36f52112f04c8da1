package dev.millrace.benchmarks.peer;

import static dev.millrace.benchmarks.peer.ParseLine.REJECTED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.EventRules;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.plain.StrictReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads messages as events, as {@link ParseLine} does lines: from the bytes, which saves Jackson
 * their way through a string.
 */
final class ParseMessage extends ProcessFunction<byte[], Event> {
  private static final long serialVersionUID = 1L;

  private transient ObjectReader reader;

  @Override
  public void open(OpenContext context) {
    reader = StrictReader.of(Event.class);
  }

  @Override
  public void processElement(byte[] message, Context context, Collector<Event> out)
      throws IOException {
    try {
      Event event = reader.readValue(message);
      List<String> violations = EventRules.violations(event);
      if (violations.isEmpty()) {
        out.collect(event);
      } else {
        reject("contract", violations.toArray(new String[0]), message, context);
      }
    } catch (JsonProcessingException e) {
      reject(StrictReader.reason(e), new String[] {e.getOriginalMessage()}, message, context);
    }
  }

  private static void reject(String reason, String[] violations, byte[] message, Context context) {
    String original = new String(message, StandardCharsets.UTF_8);
    context.output(REJECTED, new Rejection(reason, violations, original));
  }
}
