package dev.millrace.stages.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Looks for a record in what was remembered of those that came before it.
 *
 * <p>Memory is packed: 32 bytes a sighting, which are the key's hash (16 bytes), half of the
 * content's hash, and the event time (8 each, little endian). The arrays are never changed, as
 * state may share them.
 */
final class Sightings {
  static final int BYTES = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long horizonMillis;
  private long keyHigh;
  private long keyLow;
  private long content;
  private long time;
  private boolean sawCopy;
  private boolean sawOther;
  private boolean sawItself;
  private long timeOfOther;

  Sightings(long horizonMillis) {
    this.horizonMillis = horizonMillis;
  }

  /** Begins the search for a record. */
  void begin(RecordHashes hashes, long timeMillis) {
    keyHigh = hashes.keyHigh();
    keyLow = hashes.keyLow();
    content = hashes.contentLow();
    time = timeMillis;
    sawCopy = false;
    sawOther = false;
    sawItself = false;
  }

  /** Looks through one array of sightings; null is an empty one. */
  void lookThrough(byte[] sightings) {
    int length = sightings == null ? 0 : sightings.length;
    for (int at = 0; at < length; at += BYTES) {
      if (longAt(sightings, at) != keyHigh || longAt(sightings, at + 8) != keyLow) {
        continue;
      }
      long seen = longAt(sightings, at + 24);
      if (Math.abs(seen - time) > horizonMillis) {
        continue;
      }
      if (longAt(sightings, at + 16) == content) {
        sawCopy = true;
        sawItself |= seen == time;
      } else if (!sawOther) {
        sawOther = true;
        timeOfOther = seen;
      }
    }
  }

  /** Whether a record of this key and content was seen within the horizon. */
  boolean isDuplicate() {
    return sawCopy;
  }

  /** Whether a record of this key and other content was seen within the horizon, and no copy. */
  boolean isConflict() {
    return sawOther && !sawCopy;
  }

  /** Whether this very sighting is remembered, so that it needs not be again. */
  boolean isRemembered() {
    return sawItself;
  }

  /** The event time of the record that this one is in conflict with. */
  long timeOfOther() {
    return timeOfOther;
  }

  /** The sightings and this one. */
  byte[] addedTo(byte[] sightings) {
    int length = sightings == null ? 0 : sightings.length;
    byte[] added = sightings == null ? new byte[BYTES] : Arrays.copyOf(sightings, length + BYTES);
    LONGS.set(added, length, keyHigh);
    LONGS.set(added, length + 8, keyLow);
    LONGS.set(added, length + 16, content);
    LONGS.set(added, length + 24, time);
    return added;
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }
}
