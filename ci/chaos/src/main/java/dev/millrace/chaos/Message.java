package dev.millrace.chaos;

import java.nio.charset.StandardCharsets;

/**
 * A message to be sent, and what must become of it.
 *
 * @param partition where it is sent to
 * @param key null for none
 * @param value null for a tombstone
 * @param fate what must become of it
 * @param identity what it is known by where it is found
 */
@SuppressWarnings("ArrayRecordComponent") // it is only sent
record Message(int partition, byte[] key, byte[] value, Fate fate, String identity) {

  static Message of(int partition, Flight flight, Fate fate) {
    byte[] value = flight.json().getBytes(StandardCharsets.UTF_8);
    return new Message(partition, null, value, fate, flight.identity());
  }

  static Message rejected(int partition, byte[] value) {
    return new Message(partition, null, value, Fate.REJECTED, identityOf(value));
  }

  /** What something rejected is known by: all its bytes, each as a character. */
  static String identityOf(byte[] value) {
    return value == null ? "(no value)" : new String(value, StandardCharsets.ISO_8859_1);
  }
}
