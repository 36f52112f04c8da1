package dev.millrace.stages.dedup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sightings of a shard's bucket, in the order in which they came: a log that is only added to,
 * in chunks of 128 sightings or 4 KB. The chunk that isn't full yet is written when a block of
 * records has been looked at; what is added so costs a small part of a write.
 *
 * <p>The log is in its store. Here are an index of it, of 5 to 11 bytes a sighting, and the last
 * chunk; they are a cache, filled from the store when the log there has another head: after a
 * restore, when others have added to it, or when what was added here has not been kept.
 */
final class SightingLog {
  private static final int CHUNK = 128;
  private static final int SMALLEST_TAIL = 8;

  private final long bucket;
  private final Map<Integer, byte[]> chunksRead = new HashMap<>();
  private LogStore store;
  private ChunkIndex index = ChunkIndex.roomFor(0);
  private LogHead head = LogHead.EMPTY;
  private LogHead stored = LogHead.EMPTY;
  private byte[] tail = new byte[SMALLEST_TAIL * Sightings.BYTES];

  SightingLog(long bucket) {
    this.bucket = bucket;
  }

  /** How many chunks so many sightings take. */
  static int chunks(int sightings) {
    return (sightings + CHUNK - 1) / CHUNK;
  }

  /** Begins with a block, for which the log is in this store. */
  void open(LogStore store) {
    this.store = store;
    stored = store.head(bucket);
    chunksRead.clear();
    if (!stored.equals(head)) {
      head = stored;
      fill();
    }
  }

  /** Reads all of the log into an index with room for more. */
  private void fill() {
    index = ChunkIndex.roomFor(head.sightings());
    int last = head.sightings() / CHUNK;
    for (int number = 0; number < last; number++) {
      note(store.chunk(bucket, number), CHUNK, number);
    }
    int inTail = head.sightings() % CHUNK;
    if (inTail > 0) {
      tail = store.chunk(bucket, last).clone();
      note(tail, inTail, last);
    }
  }

  private void note(byte[] chunk, int sightings, int number) {
    for (int i = 0; i < sightings; i++) {
      index.add(Sightings.keyLow(chunk, i), number);
    }
  }

  boolean isEmpty() {
    return head.sightings() == 0;
  }

  /** Looks through what may be of the record's key. */
  void lookThrough(Sightings search) {
    long hash = search.keyLow();
    for (int slot = index.first(hash); slot >= 0; slot = index.next(hash, slot)) {
      int number = index.chunk(slot);
      if (number == head.sightings() / CHUNK) {
        search.lookThrough(tail, head.sightings() % CHUNK);
      } else {
        search.lookThrough(chunksRead.computeIfAbsent(number, this::read), CHUNK);
      }
      if (search.isRemembered()) {
        return;
      }
    }
  }

  private byte[] read(int number) {
    return store.chunk(bucket, number);
  }

  /** Adds the sighting that was searched for. */
  void add(Sightings search) {
    int number = head.sightings() / CHUNK;
    int inTail = head.sightings() % CHUNK;
    if (inTail * Sightings.BYTES == tail.length) {
      tail = Arrays.copyOf(tail, Math.min(2 * tail.length, CHUNK * Sightings.BYTES));
    }
    search.writeTo(tail, inTail);
    head = search.addedTo(head);
    if (inTail + 1 == CHUNK) {
      store.putChunk(bucket, number, tail);
      tail = new byte[CHUNK * Sightings.BYTES];
    }
    if (index.isFull()) {
      writeTail();
      fill();
    } else {
      index.add(search.keyLow(), number);
    }
  }

  /** Ends with a block: writes what was added. */
  void close() {
    if (!stored.equals(head)) {
      writeTail();
      store.putHead(bucket, head);
      if (stored.equals(LogHead.EMPTY)) {
        store.expireLater(bucket);
      }
      stored = head;
    }
    chunksRead.clear();
    store = null;
  }

  private void writeTail() {
    int inTail = head.sightings() % CHUNK;
    if (inTail > 0) {
      byte[] sightings = Arrays.copyOf(tail, inTail * Sightings.BYTES);
      store.putChunk(bucket, head.sightings() / CHUNK, sightings);
    }
  }
}
