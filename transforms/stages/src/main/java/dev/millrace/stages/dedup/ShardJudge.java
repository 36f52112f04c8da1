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
   * <p>Most keys come once. So they are looked at first in the order in which they lie in memory,
   * and only those that may come again are remembered by their time; contents are hashed only when
   * a key does come again.
   */
  void judge(Record[] records, int size, Verdicts verdicts) {
    RepeatedKeys repeated = new RepeatedKeys(size);
    for (int i = 0; i < size; i++) {
      hashes.readKey(records[i]);
      repeated.add(hashes.keyLow());
    }
    HashIndex keys = new HashIndex(0);
    HashIndex contents = new HashIndex(0);
    for (int i : RecordOrder.indexes(records, size)) {
      if (repeated.mayRepeat(i)) {
        judge(records, i, keys, contents, verdicts);
      } else {
        verdicts.unique(records[i]);
      }
    }
  }

  private void judge(
      Record[] records, int number, HashIndex keys, HashIndex contents, Verdicts verdicts) {
    Record record = records[number];
    hashes.readKey(record);
    int slot = keys.slot(hashes.keyHigh(), hashes.keyLow());
    boolean first = !isNear(keys, slot, record.eventTimeMillis());
    int kept = first ? number : keys.number(slot);
    keys.put(slot, hashes.keyHigh(), hashes.keyLow(), record.eventTimeMillis(), kept);
    if (first) {
      verdicts.unique(record);
    } else if (!hashes.keyed() || isCopy(contents, records, kept, number)) {
      verdicts.duplicate(record);
    } else {
      verdicts.conflict(record, records[kept]);
    }
  }

  /** Whether a record has a near content of its key, the kept record's among them. */
  private boolean isCopy(HashIndex contents, Record[] records, int kept, int number) {
    hashes.readContent(records[kept]);
    int keptSlot = contents.slot(hashes.contentHigh(), hashes.contentLow());
    long keptTime = records[kept].eventTimeMillis();
    if (contents.isEmpty(keptSlot) || contents.time(keptSlot) < keptTime) {
      contents.put(keptSlot, hashes.contentHigh(), hashes.contentLow(), keptTime, kept);
    }
    long time = records[number].eventTimeMillis();
    hashes.readContent(records[number]);
    int slot = contents.slot(hashes.contentHigh(), hashes.contentLow());
    boolean copy = isNear(contents, slot, time);
    contents.put(slot, hashes.contentHigh(), hashes.contentLow(), time, number);
    return copy;
  }

  private boolean isNear(HashIndex index, int slot, long time) {
    return !index.isEmpty(slot) && time - index.time(slot) <= horizonMillis;
  }
}
