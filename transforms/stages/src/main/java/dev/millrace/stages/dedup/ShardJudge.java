package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;

/** Decides for all records of a shard which are unique: the definition, in one pass. */
final class ShardJudge {
  /** Takes the records, in order, each with what it is. */
  interface Verdicts {
    void unique(Record record);

    void duplicate(Record record);

    /** A record that has another body than {@code kept}, the last unique record of its key. */
    void conflict(Record record, Record kept);
  }

  private final RecordHashes hashes;
  private final long horizonMillis;

  ShardJudge(DedupConfig config, RecordSchema schema) {
    this.hashes = new RecordHashes(schema, config.key());
    this.horizonMillis = config.horizonMillis();
  }

  /**
   * Judges the first records of an array. The nearest earlier record of the same content, and that
   * of the same key, are all that a verdict depends on: those before them are farther away.
   */
  void judge(Record[] records, int size, Verdicts verdicts) {
    Record[] sorted = RecordOrder.sorted(records, size);
    HashIndex contents = new HashIndex(size);
    HashIndex keys = hashes.keyed() ? new HashIndex(size) : contents;
    for (int i = 0; i < size; i++) {
      Record record = sorted[i];
      long time = record.eventTimeMillis();
      hashes.read(record);
      boolean copy = sawContent(contents, time, i);
      int kept = hashes.keyed() ? keptOfKey(keys, time, i) : i;
      if (copy) {
        verdicts.duplicate(record);
      } else if (kept == i) {
        verdicts.unique(record);
      } else {
        verdicts.conflict(record, sorted[kept]);
      }
    }
  }

  private boolean sawContent(HashIndex contents, long time, int number) {
    int slot = contents.slot(hashes.contentHigh(), hashes.contentLow());
    boolean seen = isNear(contents, slot, time);
    contents.put(slot, hashes.contentHigh(), hashes.contentLow(), time, number);
    return seen;
  }

  /** The number of the unique record that this one's key belongs to: its own if none is near. */
  private int keptOfKey(HashIndex keys, long time, int number) {
    int slot = keys.slot(hashes.keyHigh(), hashes.keyLow());
    int kept = isNear(keys, slot, time) ? keys.number(slot) : number;
    keys.put(slot, hashes.keyHigh(), hashes.keyLow(), time, kept);
    return kept;
  }

  private boolean isNear(HashIndex index, int slot, long time) {
    return !index.isEmpty(slot) && time - index.time(slot) <= horizonMillis;
  }
}
