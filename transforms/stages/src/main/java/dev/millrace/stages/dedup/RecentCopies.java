package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.Arrays;

/**
 * Tells copies of records that went to their shard a short while ago from the same bundle, so that
 * a record that comes a million times does not fill a shard.
 *
 * <p>A record R is told for a duplicate if an A was added that comes before it in the order of
 * {@link DropDuplicates}, at the same event time, with the same content. That is what its shard
 * would say, whatever else is there: A is before R by no more than any horizon. And the shard does
 * not miss R: for any record that R is before and near to, A is too, with the same key and content.
 * Copies of another event time, and conflicts, are left to their shard.
 *
 * <p>Remembers the last record of each of 1,024 parts of the keys, so it takes constant memory and
 * one look for each record. What it does not tell, the shard does.
 */
final class RecentCopies {
  private static final int PARTS = 1024;

  private final RecordHashes hashes;
  private final long[] keys = new long[PARTS];
  private final Record[] records = new Record[PARTS];

  RecentCopies(RecordSchema schema, DedupConfig config) {
    this.hashes = new RecordHashes(schema, config.key());
  }

  /** Forgets all records, which are of a bundle that has ended or failed. */
  void clear() {
    Arrays.fill(records, null);
  }

  /**
   * Whether a record is the copy of one that was added. If not, it is to go to its shard, and is
   * remembered.
   *
   * @param keyed the hashes of which that of the record's key has been read
   */
  boolean isCopy(Record record, RecordHashes keyed) {
    int part = (int) keyed.keyLow() & (PARTS - 1);
    Record earlier = records[part];
    if (earlier != null
        && keys[part] == keyed.keyHigh()
        && earlier.eventTimeMillis() == record.eventTimeMillis()
        && !RecordOrder.isBefore(record, earlier)
        && hasContentOf(earlier, record)) {
      return true;
    }
    keys[part] = keyed.keyHigh();
    records[part] = record;
    return false;
  }

  private boolean hasContentOf(Record earlier, Record record) {
    hashes.readContent(earlier);
    long high = hashes.contentHigh();
    long low = hashes.contentLow();
    hashes.readContent(record);
    return hashes.contentHigh() == high && hashes.contentLow() == low;
  }
}
