package dev.millrace.stages.dedup;

import java.util.function.LongConsumer;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.values.KV;

/**
 * Logs in the state of a key.
 *
 * @param heads by bucket
 * @param chunks by bucket and number
 * @param expiry is told the buckets that are new
 */
record StateLogs(
    MapState<Long, LogHead> heads, MapState<KV<Long, Integer>, byte[]> chunks, LongConsumer expiry)
    implements LogStore {

  @Override
  public LogHead head(long bucket) {
    LogHead head = heads.get(bucket).read();
    return head == null ? LogHead.EMPTY : head;
  }

  @Override
  public void putHead(long bucket, LogHead head) {
    heads.put(bucket, head);
  }

  @Override
  public void removeHead(long bucket) {
    heads.remove(bucket);
  }

  @Override
  public byte[] chunk(long bucket, int number) {
    return chunks.get(KV.of(bucket, number)).read();
  }

  @Override
  public void putChunk(long bucket, int number, byte[] sightings) {
    chunks.put(KV.of(bucket, number), sightings);
  }

  @Override
  public void removeChunk(long bucket, int number) {
    chunks.remove(KV.of(bucket, number));
  }

  @Override
  public void expireLater(long bucket) {
    expiry.accept(bucket);
  }
}
