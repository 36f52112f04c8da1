package dev.millrace.ledger;

import java.time.Instant;

/**
 * The right of one holder to publish one partition. Times are exact to the microsecond.
 *
 * @param output the output that the partition is in
 * @param partition the partition
 * @param holder who may publish it: a name in the output, such as a run's id
 * @param acquiredAt since when
 * @param heartbeatAt when the holder was last heard of
 */
public record Lease(
    String output, String partition, String holder, Instant acquiredAt, Instant heartbeatAt) {

  /** Cuts off what is finer than microseconds. */
  public Lease {
    acquiredAt = Times.exact(acquiredAt);
    heartbeatAt = Times.exact(heartbeatAt);
  }
}
