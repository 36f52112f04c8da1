package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The unbounded form: pack by shard, remember what came to a shard, in buckets of event time.
 *
 * <p>State is keyed by shard, and in it mapped by bucket, as wide as the horizon: a log of what
 * came, in chunks. A block of records of a shard reads the heads of at most three logs, or of as
 * many as its records spread over, and writes the head and the last chunk of one; a chunk is read
 * for what may be a duplicate or conflict. A bucket is forgotten as a whole, by one timer that its
 * first record sets. There is no timer a record, no scan, and no ring of buckets that records far
 * from each other would overwrite.
 */
final class DropUnbounded extends PTransform<PCollection<Record>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  private final DedupConfig config;
  private final RecordSchema schema;

  DropUnbounded(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public PCollectionTuple expand(PCollection<Record> records) {
    if (config.horizonMillis() == DedupConfig.UNLIMITED) {
      throw new IllegalArgumentException(
          "Missing required value: horizon (unbounded records are remembered for as long: set it with within(horizon))");
    }
    return records
        .apply("PackByShard", ParDo.of(new PackStamped(config, schema)))
        .setCoder(KvCoder.of(VarIntCoder.of(), StampedBlock.StampedBlockCoder.of()))
        .apply(
            "Remember",
            ParDo.of(new Remember(config, schema))
                .withOutputTags(UNIQUE, TupleTagList.of(DUPLICATES).and(CONFLICTS)));
  }
}
