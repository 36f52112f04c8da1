package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Puts its cell before a record: a part of a shard, small enough that its memory is read whole. */
final class KeyByCell extends DoFn<Record, KV<Integer, Record>> {
  private static final long serialVersionUID = 1L;

  private static final int CELLS_PER_SHARD = 16;

  private final DedupConfig config;
  private final RecordSchema schema;
  private transient RecordHashes hashes;

  KeyByCell(DedupConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  @Setup
  public void setUp() {
    hashes = new RecordHashes(schema, config.key());
  }

  @ProcessElement
  public void process(@Element Record record, OutputReceiver<KV<Integer, Record>> output) {
    hashes.readKey(record);
    int cell = hashes.part(config.shards() * CELLS_PER_SHARD);
    output.output(KV.of(cell, hashes.keyed() ? record : record.withoutOriginal()));
  }
}
