package dev.millrace.io.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a shard is: the messages that it had so far, in their order.
 *
 * @param count how many
 * @param first the digest of the first one
 * @param all the digest of all of them
 */
record ShardProgress(long count, long first, long all) {
  static final ShardProgress NONE = new ShardProgress(0, 0, 0);

  private static final Pattern METADATA = Pattern.compile("millrace ([0-9a-f]{16}) ([0-9a-f]{16})");

  ShardProgress then(KafkaMessage message) {
    long digest = message.digest(all);
    return new ShardProgress(count + 1, count == 0 ? digest : first, digest);
  }

  /** As what a consumer group would commit: the count as its offset, the digests beside it. */
  OffsetAndMetadata toOffset() {
    return new OffsetAndMetadata(count, "millrace %016x %016x".formatted(first, all));
  }

  /**
   * The progress that was committed so, or none.
   *
   * @throws IllegalArgumentException if something else was committed
   */
  static ShardProgress of(OffsetAndMetadata committed) {
    if (committed == null) {
      return NONE;
    }
    Matcher matcher = METADATA.matcher(committed.metadata());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid metadata of an offset: %s (expected what a sink committed)"
              .formatted(committed.metadata()));
    }
    return new ShardProgress(
        committed.offset(),
        Long.parseUnsignedLong(matcher.group(1), 16),
        Long.parseUnsignedLong(matcher.group(2), 16));
  }

  /** The coder: count, first and all, 8 bytes each. Deterministic. */
  static final class ProgressCoder extends AtomicCoder<ShardProgress> {
    private static final long serialVersionUID = 1L;
    private static final ProgressCoder INSTANCE = new ProgressCoder();

    private ProgressCoder() {}

    static ProgressCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(ShardProgress progress, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(progress.count);
      data.writeLong(progress.first);
      data.writeLong(progress.all);
    }

    @Override
    public ShardProgress decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      return new ShardProgress(data.readLong(), data.readLong(), data.readLong());
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
