package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;
import static dev.millrace.stages.dedup.PackByShard.BLOCKS;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
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

  DropBounded(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public PCollectionTuple expand(PCollection<Record> records) {
    PCollectionTuple packed =
        records.apply(
            "PackByShard",
            ParDo.of(new PackByShard(config, schema))
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
                ParDo.of(new JudgeShard(config, schema))
                    .withOutputTags(UNIQUE, TupleTagList.of(DUPLICATES).and(CONFLICTS)));
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
        .and(CONFLICTS, judged.get(CONFLICTS));
  }
}
