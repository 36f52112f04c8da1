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
   *
   * <p>Most keys come once. So contents are hashed only when a key comes again.
   */
  void judge(Record[] records, int size, Verdicts verdicts) {
    Record[] sorted = RecordOrder.sorted(records, size);
    HashIndex keys = new HashIndex(size);
    HashIndex contents = new HashIndex(0);
    for (int i = 0; i < size; i++) {
      Record record = sorted[i];
      hashes.readKey(record);
      int slot = keys.slot(hashes.keyHigh(), hashes.keyLow());
      boolean first = !isNear(keys, slot, record.eventTimeMillis());
      int kept = first ? i : keys.number(slot);
      keys.put(slot, hashes.keyHigh(), hashes.keyLow(), record.eventTimeMillis(), kept);
      if (first) {
        verdicts.unique(record);
      } else if (!hashes.keyed() || isCopy(contents, sorted, kept, i)) {
        verdicts.duplicate(record);
      } else {
        verdicts.conflict(record, sorted[kept]);
      }
    }
  }

  /** Whether a record has a near content of its key, the kept record's among them. */
  private boolean isCopy(HashIndex contents, Record[] sorted, int kept, int number) {
    hashes.readContent(sorted[kept]);
    int keptSlot = contents.slot(hashes.contentHigh(), hashes.contentLow());
    long keptTime = sorted[kept].eventTimeMillis();
    if (contents.isEmpty(keptSlot) || contents.time(keptSlot) < keptTime) {
      contents.put(keptSlot, hashes.contentHigh(), hashes.contentLow(), keptTime, kept);
    }
    long time = sorted[number].eventTimeMillis();
    hashes.readContent(sorted[number]);
    int slot = contents.slot(hashes.contentHigh(), hashes.contentLow());
    boolean copy = isNear(contents, slot, time);
    contents.put(slot, hashes.contentHigh(), hashes.contentLow(), time, number);
    return copy;
  }

  private boolean isNear(HashIndex index, int slot, long time) {
    return !index.isEmpty(slot) && time - index.time(slot) <= horizonMillis;
  }
}
