package dev.millrace.io.jdbc;

import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Records to be written together. Not thread-safe; meant to be kept and reused.
 *
 * <p>They are in the order of their keys, the same everywhere: of two transactions that lock the
 * same rows one waits for the other, and never both.
 */
final class Batch {
  private static final class Keyed {
    private final byte[] key;
    private final Record record;

    private Keyed(byte[] key, Record record) {
      this.key = key;
      this.record = record;
    }
  }

  private final KeyBytes keys;
  private final int version;
  private final int maxRecords;
  private final long maxBytes;
  private final List<Keyed> records = new ArrayList<>();
  private long bytes;

  Batch(Upsert upsert, int maxRecords, long maxBytes) {
    this.keys = KeyBytes.of(upsert.schema(), upsert.key());
    this.version = upsert.isVersioned() ? upsert.schema().index(upsert.version()) : -1;
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  void clear() {
    records.clear();
    bytes = 0;
  }

  /** Adds a record, and tells whether that makes it full. */
  boolean add(Record record) {
    keys.read(record);
    records.add(new Keyed(keys.copy(), record));
    bytes += record.contentLength();
    return records.size() >= maxRecords || bytes >= maxBytes;
  }

  int size() {
    return records.size();
  }

  /**
   * The records in lists that have each key once, to be written one list after the other. Of a key
   * they have the records of the latest version, or without versions the one that was added last.
   */
  List<List<Record>> rounds() {
    records.sort(Comparator.comparing(keyed -> keyed.key, Arrays::compareUnsigned));
    List<List<Record>> rounds = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= records.size(); end++) {
      if (end == records.size() || !Arrays.equals(records.get(start).key, records.get(end).key)) {
        addTo(rounds, records.subList(start, end));
        start = end;
      }
    }
    return rounds;
  }

  private void addTo(List<List<Record>> rounds, List<Keyed> ofOneKey) {
    long latest = Long.MIN_VALUE;
    for (Keyed keyed : ofOneKey) {
      latest = Math.max(latest, version(keyed.record));
    }
    int round = 0;
    for (int i = version < 0 ? ofOneKey.size() - 1 : 0; i < ofOneKey.size(); i++) {
      Record record = ofOneKey.get(i).record;
      if (version(record) == latest) {
        if (round == rounds.size()) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(round++).add(record);
      }
    }
  }

  private long version(Record record) {
    return version < 0 ? 0 : record.longAt(version);
  }
}
