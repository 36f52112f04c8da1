package dev.millrace.stages.dedup;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.util.List;

/**
 * The 128-bit hashes of a record's content and key, read from one record after the other. Without
 * key fields, the content is the key. Equal contents have equal keys, since keys are part of them.
 */
final class RecordHashes {
  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private final KeyBytes key;
  private final boolean keyed;
  private long contentHigh;
  private long contentLow;
  private long keyHigh;
  private long keyLow;

  RecordHashes(RecordSchema schema, List<String> keyFields) {
    this.key = KeyBytes.of(schema, keyFields);
    this.keyed = !keyFields.isEmpty();
  }

  /** Reads the key's hash only, which tells the shard. */
  void readKey(Record record) {
    if (keyed) {
      key.read(record);
      HashValue128 hash = HASHER.hashBytesTo128Bits(key.array(), 0, key.length());
      keyHigh = hash.getMostSignificantBits();
      keyLow = hash.getLeastSignificantBits();
    } else {
      readContent(record);
      keyHigh = contentHigh;
      keyLow = contentLow;
    }
  }

  /** Reads both hashes. */
  void read(Record record) {
    readKey(record);
    if (keyed) {
      readContent(record);
    }
  }

  private void readContent(Record record) {
    HashValue128 hash =
        HASHER.hashBytesTo128Bits(record.array(), record.contentStart(), record.contentLength());
    contentHigh = hash.getMostSignificantBits();
    contentLow = hash.getLeastSignificantBits();
  }

  boolean keyed() {
    return keyed;
  }

  long contentHigh() {
    return contentHigh;
  }

  long contentLow() {
    return contentLow;
  }

  long keyHigh() {
    return keyHigh;
  }

  long keyLow() {
    return keyLow;
  }

  /** Which of some parts the key belongs to: from bits that {@link HashIndex} makes no use of. */
  int part(int parts) {
    return (int) Long.remainderUnsigned(keyHigh, parts);
  }
}
