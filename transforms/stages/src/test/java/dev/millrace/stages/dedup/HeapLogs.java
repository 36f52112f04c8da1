package dev.millrace.stages.dedup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.values.KV;

/** Logs on the heap, which outlive those who read them. */
final class HeapLogs implements LogStore {
  final Map<Long, LogHead> heads = new HashMap<>();
  final Map<KV<Long, Integer>, byte[]> chunks = new HashMap<>();
  final Set<Long> expiring = new TreeSet<>();
  int chunksRead;

  @Override
  public LogHead head(long bucket) {
    return heads.getOrDefault(bucket, LogHead.EMPTY);
  }

  @Override
  public void putHead(long bucket, LogHead head) {
    heads.put(bucket, head);
  }

  @Override
  public byte[] chunk(long bucket, int number) {
    chunksRead++;
    return chunks.get(KV.of(bucket, number)).clone();
  }

  @Override
  public void putChunk(long bucket, int number, byte[] sightings) {
    chunks.put(KV.of(bucket, number), sightings.clone());
  }

  @Override
  public void expireLater(long bucket) {
    expiring.add(bucket);
  }

  @Override
  public void removeChunk(long bucket, int number) {
    chunks.remove(KV.of(bucket, number));
  }

  @Override
  public void removeHead(long bucket) {
    heads.remove(bucket);
  }
}
