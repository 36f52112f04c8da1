package dev.millrace.stages.dedup;

import java.io.Serializable;
import java.util.List;

/**
 * How duplicates are told.
 *
 * @param key the names of the key fields; empty for the whole content
 * @param horizonMillis how far apart two records may be, or {@link #UNLIMITED}
 */
record DedupConfig(List<String> key, long horizonMillis, long latenessMillis, int shards)
    implements Serializable {
  static final long UNLIMITED = Long.MAX_VALUE;

  static DedupConfig of(List<String> key) {
    return new DedupConfig(List.copyOf(key), UNLIMITED, 0, 32);
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
