package dev.millrace.stages.dedup;

import dev.millrace.record.Record;

/**
 * For each record of a key that comes again, the earliest of that key that is near enough to be
 * compared with. Records of a key are added in their order, so that each is passed over once,
 * however many of them there are.
 */
final class NearRecords {
  private final Record[] records;
  private final long horizonMillis;

  /** By the number of a record: the next of its key; and the earliest near one. */
  private final int[] next;

  private final int[] earliest;

  /** For the first records of an array. */
  NearRecords(Record[] records, int size, long horizonMillis) {
    this.records = records;
    this.horizonMillis = horizonMillis;
    this.next = new int[size];
    this.earliest = new int[size];
  }

  /** Adds a record that no other of its key is near to and before. */
  void addFirst(int number) {
    earliest[number] = number;
  }

  /**
   * Adds a record after the last one of its key, which is near, and gives the earliest near one.
   */
  Record add(int number, int last) {
    next[last] = number;
    int at = earliest[last];
    while (records[number].eventTimeMillis() - records[at].eventTimeMillis() > horizonMillis) {
      at = next[at];
    }
    earliest[number] = at;
    return records[at];
  }
}
