package dev.millrace.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Values that the contract doesn't allow, and that have brought down readers of messages. */
final class Poison {
  private static final Instant IMPLAUSIBLE = Instant.parse("2085-01-01T00:00:00Z");
  private static final int DEPTH = 100_000;
  private static final int LARGE = 500_000;
  private static final int KINDS = 9;

  private Poison() {}

  /** What a flight becomes by one of the usual mistakes. Never the same for different flights. */
  static byte[] mistake(Flight flight, int number) {
    String json = flight.json();
    return text(
        switch (number % 5) {
          case 0 -> json.substring(0, json.length() - 1);
          case 1 -> json.replace("}", ",\"note\":%d}".formatted(number));
          case 2 -> json.replace("\"origin\"", "\"from\"");
          case 3 -> flight.withDelay(1_000L + number).json();
          default -> flight.at(IMPLAUSIBLE.plus(Duration.ofMinutes(number))).json();
        });
  }

  /** One of the unusual ones: null is a message without a value. */
  static byte[] rare(int number, Random random) {
    return switch (number % KINDS) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> text("[".repeat(DEPTH) + number);
      case 3 -> text("{\"date\":".repeat(DEPTH / 10) + number);
      case 4 -> text("\"" + "x".repeat(LARGE) + number);
      case 5 -> text("{\"date\":" + "9".repeat(LARGE) + number + "}");
      case 6 -> text("null");
      case 7 -> text("{\"date\":\"2001-01-01T00:00:00Z\\u0000\",\"delay\":NaN}\n{}");
      default -> {
        byte[] noise = new byte[1_000];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
