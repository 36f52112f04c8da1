package dev.millrace.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a pipeline. Times are exact to the microsecond.
 *
 * @param id its name, which no other run of the output has
 * @param job the job file or the pipeline that was asked for
 * @param pipeline the pipeline's name
 * @param pipelineVersion its version
 * @param contract the contract's id
 * @param contractVersion its version
 * @param runner the engine
 * @param slice the interval of event time that it reads; empty for all that there is
 * @param output where it publishes to
 * @param staging where it writes before it publishes
 * @param state how far it is
 * @param actor who started it
 * @param reason why, as they said
 * @param startedAt when
 * @param heartbeatAt when its process was last heard of
 * @param progress how far it had come with its input then, if anybody knew
 * @param endedAt when it came to its end, if it did
 * @param counts what became of its records, once it is staged
 * @param inputs a fingerprint or list of what it read, once it is staged
 * @param failure why it failed, was refused or cancelled, if somebody said so
 */
public record RunEntry(
    String id,
    String job,
    String pipeline,
    String pipelineVersion,
    String contract,
    String contractVersion,
    String runner,
    Optional<Interval> slice,
    String output,
    String staging,
    RunState state,
    String actor,
    String reason,
    Instant startedAt,
    Instant heartbeatAt,
    Optional<RunProgress> progress,
    Optional<Instant> endedAt,
    Optional<Counts> counts,
    Optional<String> inputs,
    Optional<String> failure) {

  /** Cuts off what is finer than microseconds. */
  public RunEntry {
    startedAt = Times.exact(startedAt);
    heartbeatAt = Times.exact(heartbeatAt);
    endedAt = Times.exact(endedAt);
  }

  /** Which run it is. */
  public RunKey key() {
    return new RunKey(output, id);
  }
}
