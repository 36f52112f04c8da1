package dev.millrace.benchmarks.startup;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the time of a process went, in seconds; together they are all of it. Classes are loaded in
 * each of them.
 *
 * @param script the launcher script, which looks whether the build is newer than the sources
 * @param jvm from there until the main class
 * @param commandLine arguments, job file and ledger; all of it for what runs no pipeline
 * @param construction the pipeline is built, its contract compiled
 * @param engine an embedded Flink is started, the translation of the pipeline included, and stopped
 * @param work the pipeline runs
 * @param end audit, publishing and report
 */
record Phases(
    double script,
    double jvm,
    double commandLine,
    double construction,
    double engine,
    double work,
    double end) {

  /** What a process spent between its start and its end. */
  static Phases of(Instant started, Instant ended, JvmCounters counters, RunLog log) {
    Instant building = log.at("Building ").orElse(ended);
    Instant built = log.at("Built ").orElse(building);
    Instant engineUp = log.at("Flink Mini Cluster started").orElse(built);
    Instant done = log.at("Ended ").orElse(engineUp);
    Instant engineDown = log.at("Shutting down Flink Mini Cluster").orElse(done);
    return new Phases(
        seconds(started, counters.createdAt()),
        seconds(counters.createdAt(), counters.mainAt()),
        seconds(counters.mainAt(), building),
        seconds(building, built),
        seconds(built, engineUp) + seconds(engineDown, done),
        seconds(engineUp, engineDown),
        seconds(done, ended));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
