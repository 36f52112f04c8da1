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
  private final KeyBytes all;
  private final boolean keyed;
  private long contentHigh;
  private long contentLow;
  private long keyHigh;
  private long keyLow;

  RecordHashes(RecordSchema schema, List<String> keyFields) {
    this.key = KeyBytes.of(schema, keyFields);
    this.all = KeyBytes.of(schema, schema.fields().stream().map(RecordSchema.Field::name).toList());
    this.keyed = !keyFields.isEmpty();
  }

  /** Reads the key's hash only; without a key, that of the content. */
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

  /** Reads the content's hash only. */
  void readContent(Record record) {
    HashValue128 hash = keyed ? hashOfValues(record) : hashOfContent(record.withoutOriginal());
    contentHigh = hash.getMostSignificantBits();
    contentLow = hash.getLeastSignificantBits();
  }

  /** With a key, records carry their originals, in which their text may be. */
  private HashValue128 hashOfValues(Record record) {
    all.read(record);
    return HASHER.hashBytesTo128Bits(all.array(), 0, all.length());
  }

  private static HashValue128 hashOfContent(Record record) {
    return HASHER.hashBytesTo128Bits(record.array(), record.contentStart(), record.contentLength());
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
