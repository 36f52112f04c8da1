package dev.millrace.operate.diff;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import java.util.SortedMap;

/**
 * Hashes of 128 bits: rows of which they are the same are taken to be the same. A field without a
 * value is no part of a row, so that one that only a later contract has makes no row different.
 */
final class Hash {
  private final HashStream128 stream = Hashing.xxh3_128().hashStream();

  HashValue128 ofRow(SortedMap<String, String> row) {
    stream.reset();
    row.forEach(
        (name, value) -> {
          if (!value.equals(RowText.NULL)) {
            stream.putString(name).putString(value);
          }
        });
    return stream.get();
  }

  HashValue128 ofKey(SortedMap<String, String> row, List<String> key) {
    stream.reset();
    for (String name : key) {
      stream.putString(row.get(name));
    }
    return stream.get();
  }
}
