package dev.millrace.benchmarks.peer;

/** What the aggregates need of a flight, so that nothing else is shuffled for them. */
public final class Delay {
  public String origin;
  public long minutes;

  /** For Flink's serialiser. */
  public Delay() {}

  Delay(Flight flight) {
    this.origin = flight.origin;
    this.minutes = flight.delay;
  }
}
