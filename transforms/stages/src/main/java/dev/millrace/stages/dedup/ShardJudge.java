package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;

/** Decides for all records of a shard which are unique: the definition, in one pass. */
final class ShardJudge {
  /** Takes the records, in order, each with what it is. */
  interface Verdicts {
    void unique(Record record);

    void duplicate(Record record);

    /** A record that has another body than {@code other}, the earliest near one of its key. */
    void conflict(Record record, Record other);
  }

  private final RecordHashes hashes;
  private final long horizonMillis;

  ShardJudge(DedupConfig config, RecordSchema schema) {
    this.hashes = new RecordHashes(schema, config.key());
    this.horizonMillis = config.horizonMillis();
  }

  /**
   * Judges the first records of an array. The nearest earlier record of the same content, and that
   * of the same key, are all that a verdict depends on: those before them are farther away. So a
   * verdict doesn't depend on what is more than a horizon before the record.
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
    Shard shard = new Shard(records, size, verdicts);
    for (int i : RecordOrder.indexes(records, size)) {
      if (repeated.mayRepeat(i)) {
        shard.judge(i);
      } else {
        verdicts.unique(records[i]);
      }
    }
  }

  /** The records that may have a key in common, while they are judged in order. */
  private final class Shard {
    private final Record[] records;
    private final Verdicts verdicts;
    private final HashIndex keys = new HashIndex(0);
    private final HashIndex contents = new HashIndex(0);

    /** Null where nothing can conflict. */
    private final NearRecords near;

    Shard(Record[] records, int size, Verdicts verdicts) {
      this.records = records;
      this.verdicts = verdicts;
      this.near = hashes.keyed() ? new NearRecords(records, size, horizonMillis) : null;
    }

    void judge(int number) {
      Record record = records[number];
      hashes.readKey(record);
      int slot = keys.slot(hashes.keyHigh(), hashes.keyLow());
      boolean first = !isNear(keys, slot, record.eventTimeMillis());
      int last = keys.isEmpty(slot) ? number : keys.number(slot);
      keys.put(slot, hashes.keyHigh(), hashes.keyLow(), record.eventTimeMillis(), number);
      if (near == null) {
        give(record, first);
      } else if (first) {
        near.addFirst(number);
        verdicts.unique(record);
      } else {
        compare(number, last);
      }
    }

    private void give(Record record, boolean first) {
      if (first) {
        verdicts.unique(record);
      } else {
        verdicts.duplicate(record);
      }
    }

    private void compare(int number, int last) {
      Record other = near.add(number, last);
      if (isCopy(number, last)) {
        verdicts.duplicate(records[number]);
      } else {
        verdicts.conflict(records[number], other);
      }
    }

    /** Whether a record has a near content of its key, that of the last one among them. */
    private boolean isCopy(int number, int last) {
      see(last);
      hashes.readContent(records[number]);
      int slot = contents.slot(hashes.contentHigh(), hashes.contentLow());
      long time = records[number].eventTimeMillis();
      boolean copy = isNear(contents, slot, time);
      contents.put(slot, hashes.contentHigh(), hashes.contentLow(), time, number);
      return copy;
    }

    /** The first record of a key is hashed when another one comes. */
    private void see(int last) {
      hashes.readContent(records[last]);
      int slot = contents.slot(hashes.contentHigh(), hashes.contentLow());
      long time = records[last].eventTimeMillis();
      if (contents.isEmpty(slot) || contents.time(slot) < time) {
        contents.put(slot, hashes.contentHigh(), hashes.contentLow(), time, last);
      }
    }
  }

  private boolean isNear(HashIndex index, int slot, long time) {
    return !index.isEmpty(slot) && time - index.time(slot) <= horizonMillis;
  }
}
