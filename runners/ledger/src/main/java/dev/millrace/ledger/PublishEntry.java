package dev.millrace.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One partition of one table took the place of another. Times are exact to the microsecond.
 *
 * @param output the output that the table is in
 * @param table the table
 * @param partition the partition, such as {@code dt=2001-01-15}
 * @param runId the run whose rows are there now
 * @param action why
 * @param replacedRunId the run whose rows were there before, if there were any
 * @param rows how many rows are there now
 * @param bytes how many bytes
 * @param files in how many files
 * @param rejects how many records of the partition were rejected
 * @param at when it took the place
 * @param due when it should have been there, if anybody said so
 */
public record PublishEntry(
    String output,
    String table,
    String partition,
    String runId,
    PublishAction action,
    Optional<String> replacedRunId,
    long rows,
    long bytes,
    int files,
    long rejects,
    Instant at,
    Optional<Instant> due) {

  /** Cuts off what is finer than microseconds. */
  public PublishEntry {
    at = Times.exact(at);
    due = Times.exact(due);
  }
}
