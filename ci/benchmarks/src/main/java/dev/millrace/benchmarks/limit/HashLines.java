package dev.millrace.benchmarks.limit;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds and hashes lines in memory, to 128 bits. */
final class HashLines implements Limit.Work {
  private final Memory memory = new Memory();
  private final Hasher128 hasher = Hashing.xxh3_128();
  private long sum;

  @Override
  public long over(List<Path> files, Path output) throws IOException {
    sum = 0;
    memory.forEach(files, this::add);
    return sum;
  }

  private void add(byte[] bytes, int from, int to) {
    HashValue128 hash = hasher.hashBytesTo128Bits(bytes, from, to - from);
    sum += hash.getMostSignificantBits() ^ hash.getLeastSignificantBits();
  }
}
