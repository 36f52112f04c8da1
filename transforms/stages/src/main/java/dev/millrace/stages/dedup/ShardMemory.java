package dev.millrace.stages.dedup;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is remembered of one shard: a {@link SightingLog} for each bucket of event time. */
final class ShardMemory {
  private final long horizonMillis;
  private final long bucketMillis;

  /** Those that have sightings; what is missing here is in the store. */
  private final TreeMap<Long, SightingLog> logs = new TreeMap<>();

  /** Those that the block at hand has asked for. */
  private final Map<Long, SightingLog> open = new HashMap<>();

  private LogStore store;

  ShardMemory(DedupConfig config) {
    this.horizonMillis = config.horizonMillis();
    this.bucketMillis = config.bucketMillis();
  }

  /** Begins with a block, for which the logs are in this store. */
  void open(LogStore store) {
    this.store = store;
    open.clear();
  }

  /** Looks for a record among those that came before it, and remembers it. */
  void look(Sightings search, long timeMillis) {
    long last = Math.floorDiv(timeMillis + horizonMillis, bucketMillis);
    long bucket = Math.floorDiv(timeMillis - horizonMillis, bucketMillis);
    while (bucket <= last && !search.isRemembered()) {
      log(bucket++).lookThrough(search);
    }
    if (!search.isRemembered()) {
      log(Math.floorDiv(timeMillis, bucketMillis)).add(search);
    }
  }

  private SightingLog log(long bucket) {
    SightingLog log = open.get(bucket);
    if (log == null) {
      log = logs.computeIfAbsent(bucket, SightingLog::new);
      log.open(store);
      open.put(bucket, log);
    }
    return log;
  }

  /** Ends with a block: writes what was added. */
  void close() {
    open.forEach(
        (bucket, log) -> {
          log.close();
          if (log.isEmpty()) {
            logs.remove(bucket);
          }
        });
    open.clear();
    store = null;
  }

  /** Drops what is here, but not in the store, of the buckets up to one. */
  void dropUpTo(long bucket) {
    logs.headMap(bucket, true).clear();
  }
}
