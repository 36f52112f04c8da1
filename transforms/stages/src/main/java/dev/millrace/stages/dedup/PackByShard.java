package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Packs the records of a bundle into a block a shard, each with the time of its earliest. Copies of
 * a record that is packed already are duplicates here and now: see {@link RecentCopies}.
 */
final class PackByShard extends DoFn<Record, KV<Integer, RecordBlock>> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<Integer, RecordBlock>> BLOCKS = new TupleTag<>("blocks") {};

  private final DedupConfig config;
  private final RecordSchema schema;
  private final boolean carriesOriginals;
  private transient RecordHashes hashes;
  private transient RecentCopies recent;
  private transient ShardBlocks blocks;

  PackByShard(DedupConfig config, RecordSchema schema, boolean carriesOriginals) {
    this.config = config;
    this.schema = schema;
    this.carriesOriginals = carriesOriginals && !config.key().isEmpty();
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
    recent = new RecentCopies(schema, config);
    blocks = new ShardBlocks(config.shards());
  }

  @StartBundle
  public void start() {
    recent.clear();
    blocks.clear();
  }

  @ProcessElement
  public void process(
      @Element Record record, @Timestamp Instant timestamp, MultiOutputReceiver outputs) {
    hashes.readKey(record);
    if (recent.isCopy(record, hashes)) {
      outputs.get(DUPLICATES).outputWithTimestamp(record.withoutPayload(), record.eventTime());
      return;
    }
    int shard = hashes.part(config.shards());
    // Only conflicts need the original bytes, and by content there are none.
    blocks.add(shard, carriesOriginals ? record : record.withoutPayload(), timestamp.getMillis());
    if (blocks.isFull(shard)) {
      blocks.take(shard, outputs.get(BLOCKS)::outputWithTimestamp);
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    recent.clear();
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
