package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.events.HourGroup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** What a contender has written beside the topic of accepted events. */
interface StreamResults {
  /** A group's results, as they were written. */
  record Aggregates(long count, double sumAmount, double meanDurationMillis) {}

  /**
   * The aggregates that are there.
   *
   * @throws IOException if a group is there twice
   */
  Map<HourGroup, Aggregates> aggregates() throws IOException, SQLException;

  /** How many messages are rejected. */
  long rejects() throws IOException, SQLException;
}
