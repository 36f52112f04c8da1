package dev.millrace.stages.dedup;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * How duplicates are told.
 *
 * @param key the names of the key fields; empty for the whole content
 * @param shards into how many parts the keys are divided; 0 for what suits the records
 * @param horizonMillis how far apart two records may be, or {@link #UNLIMITED}
 */
record DedupConfig(List<String> key, long horizonMillis, long latenessMillis, int shards)
    implements Serializable {
  static final long UNLIMITED = Long.MAX_VALUE;

  private static final int DEFAULT = 0;

  /** Bounded, a shard is in memory at once, and many leave half-empty blocks. */
  private static final int BOUNDED_SHARDS = 32;

  /** Unbounded, a bundle should have many records for each; engines have 128 groups of keys. */
  private static final int UNBOUNDED_SHARDS = 128;

  private static final long NARROWEST_BUCKET_MILLIS = 1000;

  /** With a number of shards that suits, unless one was set. */
  DedupConfig completed(IsBounded records) {
    if (shards != DEFAULT) {
      return this;
    }
    return withShards(records == IsBounded.BOUNDED ? BOUNDED_SHARDS : UNBOUNDED_SHARDS);
  }

  /** How wide the buckets of event time are that are remembered and forgotten as a whole. */
  long bucketMillis() {
    return Math.max(NARROWEST_BUCKET_MILLIS, horizonMillis);
  }

  static DedupConfig of(List<String> key) {
    return new DedupConfig(List.copyOf(key), UNLIMITED, 0, DEFAULT);
  }

  DedupConfig withHorizonMillis(long millis) {
    return new DedupConfig(key, millis, latenessMillis, shards);
  }

  DedupConfig withLatenessMillis(long millis) {
    return new DedupConfig(key, horizonMillis, millis, shards);
  }

  DedupConfig withShards(int count) {
    return new DedupConfig(key, horizonMillis, latenessMillis, count);
  }
}
