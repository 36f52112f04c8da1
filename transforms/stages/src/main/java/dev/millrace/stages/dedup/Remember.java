package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Rejected;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** Compares each record of a block with those that came before it to its shard, in order. */
final class Remember extends DoFn<KV<Integer, StampedBlock>, Record> {
  private static final long serialVersionUID = 1L;

  @StateId("heads")
  private final StateSpec<MapState<Long, LogHead>> headsByBucket =
      StateSpecs.map(VarLongCoder.of(), LogHead.LogHeadCoder.of());

  @StateId("chunks")
  private final StateSpec<MapState<KV<Long, Integer>, byte[]>> chunksByNumber =
      StateSpecs.map(KvCoder.of(VarLongCoder.of(), VarIntCoder.of()), ByteArrayCoder.of());

  @TimerFamily("expiry")
  @SuppressWarnings("UnusedVariable") // Beam reads it
  private final TimerSpec expirySpec = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

  private final DedupConfig config;
  private final RecordSchema schema;
  private transient RecordHashes hashes;
  private transient Sightings search;

  /** A cache of the state of the shards that come here. */
  private transient Map<Integer, ShardMemory> memories;

  Remember(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
    search = new Sightings(config.horizonMillis());
    memories = new HashMap<>();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, StampedBlock> block,
      @StateId("heads") MapState<Long, LogHead> heads,
      @StateId("chunks") MapState<KV<Long, Integer>, byte[]> chunks,
      @TimerFamily("expiry") TimerMap expiries,
      MultiOutputReceiver outputs) {
    ShardMemory memory = memories.computeIfAbsent(block.getKey(), shard -> new ShardMemory(config));
    memory.open(new StateLogs(heads, chunks, bucket -> expireLater(bucket, expiries)));
    block
        .getValue()
        .forEach(
            schema,
            (record, timestamp) -> {
              hashes.readKey(record);
              hashes.readContent(record);
              search.begin(hashes, record.eventTimeMillis());
              memory.look(search, record.eventTimeMillis());
              output(record, timestamp, outputs);
            });
    memory.close();
  }

  private void output(Record record, Instant timestamp, MultiOutputReceiver outputs) {
    if (search.isDuplicate()) {
      outputs.get(DUPLICATES).outputWithTimestamp(record.withoutPayload(), timestamp);
    } else if (search.isConflict()) {
      outputs.get(CONFLICTS).outputWithTimestamp(reject(record), timestamp);
    } else {
      outputs.get(UNIQUE).outputWithTimestamp(record.withoutPayload(), timestamp);
    }
  }

  private Rejected reject(Record record) {
    return Conflict.withOneAt(search.timeOfOther(), record, config.key())
        .with(Conflict.original(record));
  }

  private void expireLater(long bucket, TimerMap expiries) {
    expiries.get(Long.toString(bucket)).withNoOutputTimestamp().set(expiryOf(bucket));
  }

  /** From then on, a record that could be compared with one of the bucket is too late. */
  private Instant expiryOf(long bucket) {
    long end = (bucket + 1) * config.bucketMillis();
    long expiry = end + config.horizonMillis() + config.latenessMillis();
    return Instant.ofEpochMilli(Math.min(expiry, GlobalWindow.INSTANCE.maxTimestamp().getMillis()));
  }

  /** Drops caches of other shards, too: the timers of those may fire at another instance. */
  @OnTimerFamily("expiry")
  public void expire(
      @TimerId String bucket,
      @StateId("heads") MapState<Long, LogHead> heads,
      @StateId("chunks") MapState<KV<Long, Integer>, byte[]> chunks) {
    long expired = Long.parseLong(bucket);
    new StateLogs(heads, chunks, none -> {}).remove(expired);
    memories.values().forEach(memory -> memory.dropUpTo(expired));
  }
}
