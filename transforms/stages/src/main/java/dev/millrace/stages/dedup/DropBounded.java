package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;
import static dev.millrace.stages.dedup.DropDuplicates.UNREAD_CONFLICTS;
import static dev.millrace.stages.dedup.PackByShard.BLOCKS;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/** The bounded form: pack by shard, group, judge a shard at a time. */
final class DropBounded extends PTransform<PCollection<Record>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  private final DedupConfig config;
  private final RecordSchema schema;

  /** Null where records carry their original bytes. */
  private final PTransform<PCollection<RejectedAt>, PCollection<Rejected>> originals;

  DropBounded(
      DedupConfig config,
      RecordSchema schema,
      PTransform<PCollection<RejectedAt>, PCollection<Rejected>> originals) {
    this.config = config;
    this.schema = schema;
    this.originals = originals;
  }

  @Override
  public PCollectionTuple expand(PCollection<Record> records) {
    PCollectionTuple packed =
        records.apply(
            "PackByShard",
            ParDo.of(new PackByShard(config, schema, originals == null))
                .withOutputTags(BLOCKS, TupleTagList.of(DUPLICATES)));
    PCollectionTuple judged =
        packed
            .get(BLOCKS)
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordBlock.BlockCoder.of()))
            // A group has the time of its earliest block, so that no record leaves behind the
            // watermark, where a window after this stage would drop it.
            .apply(
                "KeepEarliest",
                Window.<KV<Integer, RecordBlock>>configure()
                    .withTimestampCombiner(TimestampCombiner.EARLIEST))
            .apply("GroupByShard", GroupByKey.create())
            .apply(
                "Judge",
                ParDo.of(new JudgeShard(config, schema, originals == null))
                    .withOutputTags(
                        UNIQUE,
                        TupleTagList.of(DUPLICATES)
                            .and(originals == null ? CONFLICTS : UNREAD_CONFLICTS)));
    for (PCollection<?> output : judged.getAll().values()) {
      output.setWindowingStrategyInternal(records.getWindowingStrategy());
    }
    RecordCoder coder = RecordCoder.of(schema);
    PCollection<Record> duplicates =
        PCollectionList.of(packed.get(DUPLICATES).setCoder(coder))
            .and(judged.get(DUPLICATES).setCoder(coder))
            .apply("AllDuplicates", Flatten.pCollections());
    return PCollectionTuple.of(UNIQUE, judged.get(UNIQUE))
        .and(DUPLICATES, duplicates)
        .and(CONFLICTS, conflicts(judged));
  }

  private PCollection<Rejected> conflicts(PCollectionTuple judged) {
    return originals == null
        ? judged.get(CONFLICTS)
        : judged
            .get(UNREAD_CONFLICTS)
            .setCoder(RejectedAt.PlaceCoder.of())
            .apply("ReadOriginals", originals);
  }
}
