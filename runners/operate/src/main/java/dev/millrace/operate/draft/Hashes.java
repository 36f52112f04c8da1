package dev.millrace.operate.draft;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.record.RawBlock;

/** 64-bit hashes of records and values. */
final class Hashes {
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private Hashes() {}

  static long ofRecord(RawBlock block, int index) {
    int start = block.start(index);
    return HASHER.hashBytesToLong(block.array(), start, block.end(index) - start);
  }

  static long ofValue(JsonNode value) {
    return HASHER.hashCharsToLong(value.asText());
  }

  static long ofPair(long first, long second) {
    return HASHER.hashLongLongToLong(first, second);
  }
}
