package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Rejected;
import org.apache.beam.sdk.coders.ByteArrayCoder;
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

/** Compares a record with those that came before it to its cell, and remembers it. */
final class Remember extends DoFn<KV<Integer, Record>, Record> {
  private static final long serialVersionUID = 1L;
  private static final long NARROWEST_BUCKET_MILLIS = 1000;

  @StateId("sightings")
  private final StateSpec<MapState<Long, byte[]>> sightingsByBucket =
      StateSpecs.map(VarLongCoder.of(), ByteArrayCoder.of());

  @TimerFamily("expiry")
  @SuppressWarnings("UnusedVariable") // Beam reads it
  private final TimerSpec expirySpec = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

  private final DedupConfig config;
  private final RecordSchema schema;
  private final long bucketMillis;
  private transient RecordHashes hashes;
  private transient Sightings search;

  Remember(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
    this.bucketMillis = Math.max(NARROWEST_BUCKET_MILLIS, config.horizonMillis());
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
    search = new Sightings(config.horizonMillis());
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Record> keyed,
      @StateId("sightings") MapState<Long, byte[]> buckets,
      @TimerFamily("expiry") TimerMap expiries,
      MultiOutputReceiver outputs) {
    Record record = keyed.getValue();
    long time = record.eventTimeMillis();
    long own = Math.floorDiv(time, bucketMillis);
    hashes.readKey(record);
    hashes.readContent(record);
    search.begin(hashes, time);
    byte[] ownSightings = null;
    long last = Math.floorDiv(time + config.horizonMillis(), bucketMillis);
    for (long b = Math.floorDiv(time - config.horizonMillis(), bucketMillis); b <= last; b++) {
      byte[] sightings = buckets.get(b).read();
      search.lookThrough(sightings);
      ownSightings = b == own ? sightings : ownSightings;
    }
    if (!search.isRemembered()) {
      buckets.put(own, search.addedTo(ownSightings));
    }
    if (ownSightings == null) {
      expiries.get(Long.toString(own)).withNoOutputTimestamp().set(expiryOf(own));
    }
    output(record, outputs);
  }

  private void output(Record record, MultiOutputReceiver outputs) {
    if (search.isDuplicate()) {
      outputs.get(DUPLICATES).output(record.withoutOriginal());
    } else if (search.isConflict()) {
      outputs.get(CONFLICTS).output(reject(record));
    } else {
      outputs.get(UNIQUE).output(record.withoutOriginal());
    }
  }

  private Rejected reject(Record record) {
    return Conflict.withOneAt(search.timeOfOther(), record, config.key())
        .with(Conflict.original(record));
  }

  /** From then on, a record that could be compared with one of the bucket is too late. */
  private Instant expiryOf(long bucket) {
    long end = (bucket + 1) * bucketMillis;
    long expiry = end + config.horizonMillis() + config.latenessMillis();
    return Instant.ofEpochMilli(Math.min(expiry, GlobalWindow.INSTANCE.maxTimestamp().getMillis()));
  }

  @OnTimerFamily("expiry")
  public void expire(@TimerId String bucket, @StateId("sightings") MapState<Long, byte[]> buckets) {
    buckets.remove(Long.parseLong(bucket));
  }
}
