package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** The blocks that are being packed, one a shard, each with the earliest time of its records. */
final class ShardBlocks {
  private static final int ALL_BYTES = 8 << 20;
  private static final int SMALLEST_BLOCK = 16 << 10;
  private static final int LARGEST_BLOCK = 256 << 10;

  private final RecordBlock.Packer[] packers;
  private final long[] earliest;
  private final int blockBytes;

  ShardBlocks(int shards) {
    this.packers = new RecordBlock.Packer[shards];
    this.earliest = new long[shards];
    this.blockBytes = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, ALL_BYTES / shards));
    Arrays.setAll(packers, shard -> new RecordBlock.Packer());
  }

  /** Forgets the records of a bundle that failed. */
  void clear() {
    for (RecordBlock.Packer packer : packers) {
      packer.clear();
    }
  }

  void add(int shard, Record record, long timeMillis) {
    boolean first = packers[shard].byteSize() == 0;
    earliest[shard] = first ? timeMillis : Math.min(earliest[shard], timeMillis);
    packers[shard].add(record);
  }

  boolean isFull(int shard) {
    return packers[shard].byteSize() >= blockBytes;
  }

  /** Hands a shard's block over with its earliest time, if there is a record in it. */
  void take(int shard, BiConsumer<KV<Integer, RecordBlock>, Instant> consumer) {
    if (packers[shard].byteSize() > 0) {
      consumer.accept(KV.of(shard, packers[shard].take()), Instant.ofEpochMilli(earliest[shard]));
    }
  }
}
