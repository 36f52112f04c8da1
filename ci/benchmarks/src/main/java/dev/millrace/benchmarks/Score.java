package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Measurement;
import java.util.ArrayList;
import java.util.List;

/** All that was measured of a contender. */
final class Score {
  private final Contender contender;
  private final long rows;
  private final List<Measurement> cold = new ArrayList<>();
  private final List<Measurement> warm = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  /** A contender that gets so many rows. */
  Score(Contender contender, long rows) {
    this.contender = contender;
    this.rows = rows;
  }

  Contender contender() {
    return contender;
  }

  long rows() {
    return rows;
  }

  /** Adds a process that ran the job once. */
  void addCold(Trial.Result result) {
    cold.addAll(result.measurements());
    differences.addAll(result.differences());
  }

  /** Adds a process that ran the job several times, the first of which warmed it up. */
  void addWarm(Trial.Result result) {
    warm.addAll(result.measurements().subList(1, result.measurements().size()));
    differences.addAll(result.differences());
  }

  List<Measurement> cold() {
    return cold;
  }

  List<Measurement> warm() {
    return warm;
  }

  List<String> differences() {
    return differences;
  }

  boolean isRight() {
    return differences.isEmpty();
  }

  /** Microseconds of CPU time for a row. */
  Figure cpuMicros(List<Measurement> measurements) {
    return Figure.of(measurements, one -> one.cpuSeconds() * 1e6 / rows);
  }

  /** Rows in a second of the clock. */
  Figure rowsPerSecond(List<Measurement> measurements) {
    return Figure.of(measurements, one -> rows / one.wallSeconds());
  }
}
