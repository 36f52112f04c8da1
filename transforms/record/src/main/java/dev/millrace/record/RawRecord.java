package dev.millrace.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record as it came: its bytes, never altered, and where it was read.
 *
 * @param source the file, or the topic and partition
 * @param offset the byte offset in the file, or the record's offset in the partition
 * @param payload the bytes; shared, to be read only. Empty for a message without a value
 * @param envelope what a message has beside them; null for what is no message
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record RawRecord(String source, long offset, byte[] payload, Envelope envelope) {

  /** A record that is no message. */
  public RawRecord(String source, long offset, byte[] payload) {
    this(source, offset, payload, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRecord that
        && offset == that.offset
        && source.equals(that.source)
        && Arrays.equals(payload, that.payload)
        && Objects.equals(envelope, that.envelope);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * source.hashCode() + Long.hashCode(offset)) + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "%s@%s: %s".formatted(source, offset, new String(payload, StandardCharsets.UTF_8));
  }
}
