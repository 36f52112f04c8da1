package dev.millrace.io.kafka;

import java.io.Serializable;

/** Is told when a shard comes to a point at which a failure is of interest: for tests. */
interface CommitProbe extends Serializable {
  CommitProbe NONE = (point, shard, count) -> {};

  /** Where a shard is. */
  enum Point {
    /** All messages of the transaction are sent. */
    BEFORE_COMMIT,
    /** The transaction is committed, and no checkpoint knows of it. */
    AFTER_COMMIT,
    /** A message is left out, since an attempt before this one committed it. */
    ALREADY_COMMITTED
  }

  /** Goes on, or throws. */
  void at(Point point, int shard, long count);
}
