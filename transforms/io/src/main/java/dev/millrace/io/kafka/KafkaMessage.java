package dev.millrace.io.kafka;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A message to be sent. Immutable; its arrays are shared, and to be read only. */
final class KafkaMessage {
  private static final long UNKNOWN_TIME = -1;

  private final byte[] key;
  private final byte[] value;
  private final long timestamp;
  private final List<Header> headers;

  private KafkaMessage(byte[] key, byte[] value, long timestamp, List<Header> headers) {
    this.key = key;
    this.value = value;
    this.timestamp = timestamp;
    this.headers = headers;
  }

  /**
   * A message that gets the time at which it is sent.
   *
   * @param key null for none
   * @param value null for none
   */
  static KafkaMessage of(byte[] key, byte[] value) {
    return new KafkaMessage(key, value, UNKNOWN_TIME, List.of());
  }

  /** The same message of a time, of which Kafka has none before 1970. */
  KafkaMessage at(long millis) {
    return new KafkaMessage(key, value, Math.max(0, millis), headers);
  }

  KafkaMessage with(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new KafkaMessage(key, value, timestamp, all);
  }

  ProducerRecord<byte[], byte[]> toTopic(String topic) {
    return new ProducerRecord<>(
        topic, null, timestamp == UNKNOWN_TIME ? null : timestamp, key, value, headers);
  }

  /** The shard of its key, or else of its value, so that messages of a key stay in their order. */
  int shard(int shards) {
    byte[] shared = key == null ? Optional.ofNullable(value).orElse(new byte[0]) : key;
    return (int) Long.remainderUnsigned(Hashing.xxh3_64().hashBytesToLong(shared), shards);
  }

  /** A digest of a row of messages, of which this is the last. */
  long digest(long ofThoseBefore) {
    HashStream64 hash = Hashing.xxh3_64().hashStream().putLong(ofThoseBefore).putLong(timestamp);
    for (byte[] part : Arrays.asList(key, value)) {
      hash.putBoolean(part != null);
      if (part != null) {
        hash.putByteArray(part);
      }
    }
    return hash.getAsLong();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaMessage that
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "message of %d bytes".formatted(value == null ? 0 : value.length);
  }

  /**
   * The coder: time (8 bytes, -1 without one), key, value, the number of headers, then name and
   * value of each. An array is its length plus one, or 0 if there is none, then its bytes; numbers
   * are variable-length integers. Deterministic.
   */
  static final class MessageCoder extends AtomicCoder<KafkaMessage> {
    private static final long serialVersionUID = 1L;
    private static final MessageCoder INSTANCE = new MessageCoder();

    private MessageCoder() {}

    static MessageCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(KafkaMessage message, OutputStream out) throws IOException {
      new DataOutputStream(out).writeLong(message.timestamp);
      write(message.key, out);
      write(message.value, out);
      VarInt.encode(message.headers.size(), out);
      for (Header header : message.headers) {
        write(header.key().getBytes(StandardCharsets.UTF_8), out);
        write(header.value(), out);
      }
    }

    private static void write(byte[] bytes, OutputStream out) throws IOException {
      VarInt.encode(bytes == null ? 0 : bytes.length + 1, out);
      if (bytes != null) {
        out.write(bytes);
      }
    }

    @Override
    public KafkaMessage decode(InputStream in) throws IOException {
      long timestamp = new DataInputStream(in).readLong();
      byte[] key = read(in);
      byte[] value = read(in);
      int count = VarInt.decodeInt(in);
      List<Header> headers = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        headers.add(new RecordHeader(new String(read(in), StandardCharsets.UTF_8), read(in)));
      }
      return new KafkaMessage(key, value, timestamp, headers);
    }

    private static byte[] read(InputStream in) throws IOException {
      int length = VarInt.decodeInt(in) - 1;
      if (length < 0) {
        return null;
      }
      byte[] bytes = new byte[length];
      new DataInputStream(in).readFully(bytes);
      return bytes;
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
