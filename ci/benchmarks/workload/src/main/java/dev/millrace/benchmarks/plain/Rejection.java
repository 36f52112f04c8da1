package dev.millrace.benchmarks.plain;

/** A line that is not an event, as it came, and what is wrong with it. */
public final class Rejection {
  public String reason;
  public String[] violations;
  public String original;

  /** For Flink's serialiser. */
  public Rejection() {}

  /** A line, and what is wrong with it. */
  public Rejection(String reason, String[] violations, String original) {
    this.reason = reason;
    this.violations = violations;
    this.original = original;
  }
}
