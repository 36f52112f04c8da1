package dev.millrace.stages.dedup;

/**
 * Where the logs of a shard are kept, one a bucket: its head, and its sightings in chunks that are
 * numbered from zero. Arrays are not changed once they are stored or read.
 */
interface LogStore {
  /** The head of a bucket's log, or {@link LogHead#EMPTY}. */
  LogHead head(long bucket);

  void putHead(long bucket, LogHead head);

  byte[] chunk(long bucket, int number);

  void putChunk(long bucket, int number, byte[] sightings);

  /** Makes sure that a new bucket's log is removed when it is of no use any more. */
  void expireLater(long bucket);

  /** Forgets a bucket's log. */
  default void remove(long bucket) {
    int chunks = SightingLog.chunks(head(bucket).sightings());
    for (int number = 0; number < chunks; number++) {
      removeChunk(bucket, number);
    }
    removeHead(bucket);
  }

  void removeChunk(long bucket, int number);

  void removeHead(long bucket);
}
