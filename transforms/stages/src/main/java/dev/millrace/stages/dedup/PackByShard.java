package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Packs the records of a bundle into a block a shard, each with the time of its earliest. */
final class PackByShard extends DoFn<Record, KV<Integer, RecordBlock>> {
  private static final long serialVersionUID = 1L;

  private final DedupConfig config;
  private final RecordSchema schema;
  private transient RecordHashes hashes;
  private transient ShardBlocks blocks;

  PackByShard(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
    blocks = new ShardBlocks(config.shards());
  }

  @StartBundle
  public void start() {
    blocks.clear();
  }

  @ProcessElement
  public void process(
      @Element Record record,
      @Timestamp Instant timestamp,
      OutputReceiver<KV<Integer, RecordBlock>> output) {
    hashes.readKey(record);
    int shard = hashes.part(config.shards());
    // Only conflicts need the original bytes, and by content there are none.
    blocks.add(shard, hashes.keyed() ? record : record.withoutOriginal(), timestamp.getMillis());
    if (blocks.isFull(shard)) {
      blocks.take(shard, output::outputWithTimestamp);
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    for (int shard = 0; shard < config.shards(); shard++) {
      blocks.take(
          shard, (block, earliest) -> context.output(block, earliest, GlobalWindow.INSTANCE));
    }
  }

  /** A block leaves with the last of its records and has the time of the earliest. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
