package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import java.util.Arrays;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Packs the unbounded records of a bundle into a block a shard, each record with its own timestamp.
 * A block has that of the earliest, which nothing passes by before the bundle ends.
 */
final class PackStamped extends DoFn<Record, KV<Integer, StampedBlock>> {
  private static final long serialVersionUID = 1L;

  private final DedupConfig config;
  private final RecordSchema schema;
  private transient RecordHashes hashes;
  private transient ShardBlocks blocks;
  private transient StampedBlock.Stamps[] stamps;

  PackStamped(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
    blocks = new ShardBlocks(config.shards());
    stamps = new StampedBlock.Stamps[config.shards()];
    Arrays.setAll(stamps, shard -> new StampedBlock.Stamps());
  }

  @StartBundle
  public void start() {
    blocks.clear();
    for (StampedBlock.Stamps ofShard : stamps) {
      ofShard.clear();
    }
  }

  @ProcessElement
  public void process(
      @Element Record record,
      @Timestamp Instant timestamp,
      OutputReceiver<KV<Integer, StampedBlock>> output) {
    hashes.readKey(record);
    int shard = hashes.part(config.shards());
    // Only conflicts need the original bytes, and by content there are none.
    blocks.add(shard, hashes.keyed() ? record : record.withoutPayload(), timestamp.getMillis());
    stamps[shard].add(record, timestamp.getMillis());
    if (blocks.isFull(shard)) {
      blocks.take(shard, (block, earliest) -> output.outputWithTimestamp(stamped(block), earliest));
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    for (int shard = 0; shard < config.shards(); shard++) {
      blocks.take(
          shard,
          (block, earliest) -> context.output(stamped(block), earliest, GlobalWindow.INSTANCE));
    }
  }

  private KV<Integer, StampedBlock> stamped(KV<Integer, RecordBlock> block) {
    int shard = block.getKey();
    return KV.of(shard, new StampedBlock(block.getValue(), stamps[shard].take()));
  }

  /** A block leaves with the last of its records and has the time of the earliest. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
