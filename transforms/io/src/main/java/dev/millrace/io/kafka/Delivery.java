package dev.millrace.io.kafka;

import java.util.Arrays;
import java.util.Locale;

/** How often a message is in a topic when a run fails and goes on, or is repeated. */
public enum Delivery {
  /**
   * Once or more often. Messages are sent as they come, and a bundle ends when the brokers have
   * them all: the least delay. A bundle that fails is sent again.
   */
  AT_LEAST_ONCE,
  /**
   * Once, for readers whose {@code isolation.level} is {@code read_committed}. Messages wait for
   * the checkpoint that has them, and are sent in transactions.
   */
  EXACTLY_ONCE;

  /**
   * The delivery that an option names, in lower case and with hyphens.
   *
   * @throws IllegalArgumentException if there is none; the message begins with the name
   */
  public static Delivery named(String name) {
    return Arrays.stream(values())
        .filter(delivery -> delivery.toString().equals(name))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " (expected at-least-once or exactly-once)"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
