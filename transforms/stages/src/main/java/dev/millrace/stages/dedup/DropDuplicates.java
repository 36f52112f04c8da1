package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;

/**
 * Tells unique records, exact copies, and records that contradict each other apart.
 *
 * <p>Order the records of one key by event time, then source, then offset. A record is
 *
 * <ul>
 *   <li>a <em>duplicate</em> if one before it, by no more than the horizon, has the same key and
 *       the same content;
 *   <li>else a <em>conflict</em> if one before it, by no more than the horizon, has the same key;
 *   <li>else <em>unique</em>.
 * </ul>
 *
 * A conflict names the earliest of those that it is in conflict with. Whatever order the records
 * come in, and however they are cut into files, the answer is the same. It doesn't depend on what
 * is more than a horizon before a record: who judges an interval needs the horizon before it, and
 * nothing else. By content even less, where a field says when a record happened: copies then have
 * one event time.
 *
 * <p>Content is the values of all fields; where a record came from is not part of it. By content,
 * that is without a key, nothing can conflict. Keys and contents are compared by 128-bit XXH3
 * hashes: among 10<sup>12</sup> records, the chance that any two are taken for each other is below
 * 10<sup>-14</sup>.
 *
 * <p>The input is in the global window and its elements have the records' event times; so have the
 * outputs. Unique records and duplicates leave without their original bytes, but with the envelope
 * that came with them, which is no part of the content either; a conflict leaves with both as a
 * {@link Rejected} for {@code CONFLICTING_KEY}, so by key the records must be decoded with {@code
 * keepingOriginals()}: without the bytes, the bundle with the first conflict fails. Bounded, {@link
 * #withOriginalsFrom} saves that.
 *
 * <p><b>Bounded.</b> One shuffle of packed blocks keyed by shard. A shard is in memory at once:
 * with {@code n} records of {@code b} bytes each, about {@code n * (b + 140) / shards} bytes.
 * Within a shard, unique records leave in the order above. Without {@link #within}, the horizon is
 * unlimited.
 *
 * <p>A key that most records have doesn't make its shard larger than the others where they are
 * copies of one event time: within a bundle, such copies of a record on its way to its shard are
 * duplicates for certain, and don't go there. Conflicts do, each with its bytes, because which
 * record they are in conflict with is known in the shard only; a key with 80 % of the records and
 * as many bodies is 80 % rejects, and its shard as large.
 *
 * <p><b>Unbounded.</b> The records that came are remembered, 32 bytes each in state, until the
 * watermark has passed their event time by up to two horizons and the allowed lateness. They are
 * indexed on the heap of the workers, with 5 to 11 bytes each: 100 million records within these
 * times want up to 1.1 GB, over all workers together. The first to arrive is kept, so of two
 * conflicting records the later arrival is rejected. Exact copies, which have the same event time,
 * give the same set of unique records as the bounded form does. Timestamps are left as they are,
 * also where they are not the event times. What a bundle has of a shard is one element of the
 * shuffle, sent when the bundle ends at the latest.
 */
public final class DropDuplicates extends PTransform<PCollection<Record>, Deduplicated> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<Record> UNIQUE = new TupleTag<>("unique") {};
  static final TupleTag<Record> DUPLICATES = new TupleTag<>("duplicates") {};
  static final TupleTag<Rejected> CONFLICTS = new TupleTag<>("conflicts") {};
  static final TupleTag<RejectedAt> UNREAD_CONFLICTS = new TupleTag<>("unreadConflicts") {};

  /** More shards than this cost more in half-empty blocks than they save in memory. */
  private static final int MOST_SHARDS = 4096;

  private final DedupConfig config;

  /** Null where records carry their original bytes. */
  private final PTransform<PCollection<RejectedAt>, PCollection<Rejected>> originals;

  private DropDuplicates(
      DedupConfig config, PTransform<PCollection<RejectedAt>, PCollection<Rejected>> originals) {
    this.config = config;
    this.originals = originals;
  }

  /** By the values of these fields; null is a value. */
  public static DropDuplicates byKey(List<String> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid key: [] (expected one field or more; without a key, use byContent())");
    }
    return new DropDuplicates(DedupConfig.of(fields), null);
  }

  /** By the values of all fields. */
  public static DropDuplicates byContent() {
    return new DropDuplicates(DedupConfig.of(List.of()), null);
  }

  /**
   * How far apart in event time two records may be and still be compared. Unbounded records need a
   * horizon, since all of it is remembered.
   */
  public DropDuplicates within(Duration horizon) {
    return new DropDuplicates(config.withHorizonMillis(atLeastZero("horizon", horizon)), originals);
  }

  /**
   * How far behind the watermark a record may come and still find the records that it copies. Zero
   * unless set. Bounded records are never late.
   */
  public DropDuplicates withAllowedLateness(Duration lateness) {
    return new DropDuplicates(
        config.withLatenessMillis(atLeastZero("allowed lateness", lateness)), originals);
  }

  /**
   * Into how many parts the keys are divided, the unit of parallelism: unless set, 32 for bounded
   * records and 128 for unbounded ones. More make the blocks smaller that are shuffled, above all
   * where bundles are short; runners that handle each key by itself, as the DirectRunner does, want
   * few.
   */
  public DropDuplicates withShards(int shards) {
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException(
          "Invalid shards: %s (expected 1 to %s)".formatted(shards, MOST_SHARDS));
    }
    return new DropDuplicates(config.withShards(shards), originals);
  }

  /**
   * Where the original bytes of conflicts are read again. Then records need not be decoded with
   * {@code keepingOriginals()}, and what else is most of the shuffle doesn't go through it. Bounded
   * records only: what is read from a stream may be gone.
   */
  public DropDuplicates withOriginalsFrom(
      PTransform<PCollection<RejectedAt>, PCollection<Rejected>> originals) {
    return new DropDuplicates(config, originals);
  }

  private static long atLeastZero(String name, Duration duration) {
    if (duration.getMillis() < 0) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected zero or more)".formatted(name, duration));
    }
    return duration.getMillis();
  }

  @Override
  public Deduplicated expand(PCollection<Record> records) {
    RecordSchema schema = RecordCoder.schemaOf(records);
    DedupConfig config = this.config.completed(records.isBounded());
    schema.indexes(config.key());
    if (!(records.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "Cannot drop duplicates in windows of %s: a copy in another window would not be seen (expected the global window: apply Windows after DropDuplicates)"
              .formatted(records.getWindowingStrategy().getWindowFn()));
    }
    boolean bounded = records.isBounded() == IsBounded.BOUNDED;
    if (!bounded && originals != null) {
      throw new IllegalArgumentException(
          "Cannot read the originals of unbounded records again (expected records decoded with keepingOriginals(), and no withOriginalsFrom)");
    }
    PCollectionTuple outputs =
        bounded
            ? records.apply("Bounded", new DropBounded(config, schema, originals))
            : records.apply("Unbounded", new DropUnbounded(config, schema));
    return new Deduplicated(
        outputs.get(UNIQUE).setCoder(RecordCoder.of(schema)),
        outputs.get(DUPLICATES).setCoder(RecordCoder.of(schema)),
        outputs.get(CONFLICTS).setCoder(Rejected.RejectedCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("key", String.join(",", config.key())))
        .addIfNotDefault(
            DisplayData.item("within", Duration.millis(config.horizonMillis())),
            Duration.millis(DedupConfig.UNLIMITED))
        .add(DisplayData.item("allowedLateness", Duration.millis(config.latenessMillis())))
        .add(DisplayData.item("readsOriginals", originals != null))
        .addIfNotDefault(DisplayData.item("shards", config.shards()), 0);
  }
}
