package dev.millrace.stages.window;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.joda.time.Instant;

/**
 * The groups of a bundle as one block of bytes a shard, so that a shuffle moves a few elements and
 * not one a group.
 *
 * <p>A group in a block: its window's start and end (8 bytes each), its key (length in 4 bytes,
 * bytes), its totals (see {@link TotalsCoder}). Big endian.
 */
final class GroupBlocks {

  /** Takes the groups of a block. */
  interface Consumer {
    void group(byte[] key, IntervalWindow window, Totals totals);
  }

  private final TotalsCoder coder;
  private final ByteArrayOutputStream[] shards;

  GroupBlocks(int shards, TotalsCoder coder) {
    this.coder = coder;
    this.shards = new ByteArrayOutputStream[shards];
  }

  void add(GroupTable.Group group) {
    int shard = group.shard(shards.length);
    if (shards[shard] == null) {
      shards[shard] = new ByteArrayOutputStream();
    }
    try {
      DataOutputStream data = new DataOutputStream(shards[shard]);
      data.writeLong(group.window().start().getMillis());
      data.writeLong(group.window().end().getMillis());
      data.writeInt(group.key().length);
      data.write(group.key());
      coder.encode(group.totals(), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The block of a shard, or null if it has no groups. */
  byte[] block(int shard) {
    return shards[shard] == null ? null : shards[shard].toByteArray();
  }

  static void read(byte[] block, TotalsCoder coder, Consumer consumer) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(block);
    DataInputStream data = new DataInputStream(bytes);
    try {
      while (bytes.available() > 0) {
        IntervalWindow window = new IntervalWindow(instant(data), instant(data));
        byte[] key = data.readNBytes(data.readInt());
        consumer.group(key, window, coder.decode(data));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant instant(DataInputStream data) throws IOException {
    return Instant.ofEpochMilli(data.readLong());
  }
}
