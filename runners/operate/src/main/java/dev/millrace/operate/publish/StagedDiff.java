package dev.millrace.operate.publish;

import dev.millrace.operate.diff.RowDiff;
import java.nio.file.Path;
import java.util.List;

/**
 * How a staged run differs from what is published.
 *
 * @param run the run
 * @param output the folder that it is staged in, and would be published to
 * @param table the table
 * @param diff what differs, by partition and in all
 */
public record StagedDiff(String run, Path output, String table, RowDiff diff) {

  /** All of it for a terminal, line by line. */
  public List<String> summary() {
    return new DiffSummary(this).lines();
  }

  /** All of it as JSON, with its keys always in the same order; ends with a line feed. */
  public String json() {
    return new DiffJson(this).text();
  }
}
