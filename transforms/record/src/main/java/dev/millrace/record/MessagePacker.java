package dev.millrace.record;

import java.util.Arrays;

/**
 * Packs messages of one partition of a topic into blocks: each value with its {@link Envelope}
 * behind it. Not thread-safe; meant to be kept and reused.
 */
public final class MessagePacker {
  private final String source;
  private byte[] bytes = new byte[1 << 10];
  private int length;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int size;

  /** A packer of messages of this topic and partition. */
  public MessagePacker(String source) {
    this.source = source;
  }

  /**
   * Adds a message.
   *
   * @param offset its offset in the partition
   * @param value null where the envelope is that of a tombstone, and nowhere else
   */
  public void add(long offset, Envelope envelope, byte[] value) {
    if (envelope.isTombstone() != (value == null)) {
      throw new IllegalArgumentException(
          "Invalid message: %s (expected %s)"
              .formatted(
                  value == null ? "no value" : "a value",
                  value == null ? "one, or a tombstone" : "none in a tombstone"));
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = length;
    if (value != null) {
      append(value);
    }
    ends[size++] = length;
    append(envelope.encode(offset));
  }

  private void append(byte[] more) {
    if (length + more.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** The messages added since the last block. */
  public int size() {
    return size;
  }

  /** The bytes that they take. */
  public int byteSize() {
    return length;
  }

  /** The block of all messages added since the last call; the packer is then empty. */
  public RawBlock take() {
    RawBlock block =
        RawBlock.ofMessages(
            source,
            Arrays.copyOf(bytes, length),
            Arrays.copyOf(starts, size),
            Arrays.copyOf(ends, size));
    length = 0;
    size = 0;
    return block;
  }
}
