package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Event;

/** What the aggregates need of an event, so that nothing else is shuffled for them. */
public final class Sale {
  public String type;
  public String country;
  public double amount;
  public long durationMs;

  /** For Flink's serialiser. */
  public Sale() {}

  Sale(Event event) {
    this.type = event.type;
    this.country = event.country;
    this.amount = event.amount;
    this.durationMs = event.durationMs;
  }
}
