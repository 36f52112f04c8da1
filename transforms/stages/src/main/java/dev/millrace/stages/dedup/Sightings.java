package dev.millrace.stages.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for a record in what was remembered of those that came before it.
 *
 * <p>Memory is packed: 32 bytes a sighting, which are the key's hash (16 bytes), half of the
 * content's hash, and the event time (8 each, little endian).
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

  /** Looks through the first sightings of an array. */
  void lookThrough(byte[] sightings, int count) {
    int end = count * BYTES;
    for (int at = 0; at < end; at += BYTES) {
      if (longAt(sightings, at + 8) == keyLow && longAt(sightings, at) == keyHigh) {
        compare(longAt(sightings, at + 16), longAt(sightings, at + 24));
      }
    }
  }

  private void compare(long seenContent, long seenTime) {
    if (Math.abs(seenTime - time) > horizonMillis) {
      return;
    }
    if (seenContent == content) {
      sawCopy = true;
      sawItself |= seenTime == time;
    } else {
      timeOfOther = sawOther ? Math.min(timeOfOther, seenTime) : seenTime;
      sawOther = true;
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

  /**
   * Whether this very sighting is remembered, so that it needs not be again, and nothing else can
   * change what the record is.
   */
  boolean isRemembered() {
    return sawItself;
  }

  /** The event time of the earliest record that this one is in conflict with. */
  long timeOfOther() {
    return timeOfOther;
  }

  /** Half of the key's hash, by which it is found. */
  long keyLow() {
    return keyLow;
  }

  /** The same of a sighting in an array, by its number. */
  static long keyLow(byte[] sightings, int number) {
    return longAt(sightings, number * BYTES + 8);
  }

  /** Writes this sighting into an array, at its number. */
  void writeTo(byte[] sightings, int number) {
    int at = number * BYTES;
    LONGS.set(sightings, at, keyHigh);
    LONGS.set(sightings, at + 8, keyLow);
    LONGS.set(sightings, at + 16, content);
    LONGS.set(sightings, at + 24, time);
  }

  /** The head of a log with this sighting. */
  LogHead addedTo(LogHead head) {
    return head.with(keyHigh, keyLow, content, time);
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }
}
