package dev.millrace.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** A flight, as the contract of the bundled ones has it. Two of the same values are the same. */
record Flight(Instant date, long delay, long distance, String origin, String destination) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The delays that the contract allows. */
  private static final int LEAST_DELAY = -120;

  private static final int GREATEST_DELAY = 720;

  static Flight parse(byte[] json) throws IOException {
    JsonNode flight = JSON.readTree(json);
    return new Flight(
        Instant.parse(flight.path("date").asText()),
        flight.path("delay").asLong(),
        flight.path("distance").asLong(),
        flight.path("origin").asText(),
        flight.path("destination").asText());
  }

  String json() {
    return "{\"date\":\"%s\",\"delay\":%d,\"distance\":%d,\"origin\":\"%s\",\"destination\":\"%s\"}"
        .formatted(date, delay, distance, origin, destination);
  }

  Flight at(Instant other) {
    return new Flight(other, delay, distance, origin, destination);
  }

  Flight later(Duration by) {
    return at(date.plus(by));
  }

  Flight withDelay(long minutes) {
    return new Flight(date, minutes, distance, origin, destination);
  }

  /** Another flight, farther than any that is real. */
  Flight farther() {
    return new Flight(date, delay, distance + 100_000, origin, destination);
  }

  boolean keepsTheContract() {
    return delay >= LEAST_DELAY && delay <= GREATEST_DELAY;
  }

  /** The same for the same flight, wherever it is found. */
  String identity() {
    return "%s %d %d %s %s".formatted(date, delay, distance, origin, destination);
  }
}
