package dev.millrace.benchmarks.expert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.benchmarks.expert.EventRow.Text;
import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.EventRules;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.plain.StrictReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link EventParser} did not: with Jackson, and with all the reasons. */
final class SlowReader {
  private final ObjectReader reader = StrictReader.of(Event.class);

  /** Fills the row, or says why the line is no event; null if it is one. */
  Rejection read(String line, EventRow row) {
    try {
      Event event = reader.readValue(line);
      List<String> violations = EventRules.violations(event);
      if (!violations.isEmpty()) {
        return new Rejection("contract", violations.toArray(new String[0]), line);
      }
      fill(event, row);
      return null;
    } catch (JsonProcessingException e) {
      return new Rejection(StrictReader.reason(e), new String[] {e.getOriginalMessage()}, line);
    }
  }

  private static void fill(Event event, EventRow row) {
    row.clear();
    put(row, Text.ID, event.id);
    put(row, Text.USER_ID, event.userId);
    put(row, Text.SESSION_ID, event.sessionId);
    put(row, Text.TYPE, event.type);
    put(row, Text.COUNTRY, event.country);
    put(row, Text.DEVICE, event.device);
    put(row, Text.PAGE, event.page);
    put(row, Text.REFERRER, event.referrer);
    put(row, Text.USER_AGENT, event.userAgent);
    put(row, Text.CAMPAIGN, event.campaign);
    row.setMicros(event.eventTime);
    row.setAmount(event.amount);
    row.setQuantity(event.quantity);
    row.setDurationMs(event.durationMs);
    row.setSignedIn(event.signedIn);
    row.setTypeIndex(index(event.type));
  }

  private static void put(EventRow row, int text, String value) {
    if (value == null) {
      row.setLength(text, EventRow.ABSENT);
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    row.reserve(bytes.length);
    System.arraycopy(bytes, 0, row.bytes, row.size, bytes.length);
    row.size += bytes.length;
    row.setLength(text, bytes.length);
  }

  private static int index(String type) {
    byte[] bytes = type.getBytes(StandardCharsets.UTF_8);
    int index = 0;
    while (!Arrays.equals(Names.TYPES[index], bytes)) {
      index++;
    }
    return index;
  }
}
