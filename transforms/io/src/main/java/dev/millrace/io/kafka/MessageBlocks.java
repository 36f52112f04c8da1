package dev.millrace.io.kafka;

import dev.millrace.record.BlockHeader;
import dev.millrace.record.Envelope;
import dev.millrace.record.MessagePacker;
import dev.millrace.record.RawBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Messages as they were fetched, cut into blocks of one partition and one schema. A message is
 * never cut, so one that is larger than a block is one.
 */
final class MessageBlocks {
  /** As large as those of files: runners handle few elements faster than many. */
  private static final int BLOCK_BYTES = 128 << 10;

  /**
   * A block, and where its partition goes on.
   *
   * @param nextOffset the offset after that of its last message
   */
  record Fetched(int partition, RawBlock block, long nextOffset) {}

  private final Topic topic;
  private final ValueFormat format;
  private final Map<Integer, MessagePacker> packers = new HashMap<>();
  private final Deque<Fetched> ready = new ArrayDeque<>();

  MessageBlocks(Topic topic, ValueFormat format) {
    this.topic = topic;
    this.format = format;
  }

  /** The next block in the order of each partition; null if all were given out. */
  Fetched poll() {
    return ready.poll();
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  /** Adds messages, up to an offset that is not among them. */
  void add(ConsumerRecords<byte[], byte[]> messages, long endOffset) {
    for (TopicPartition partition : messages.partitions()) {
      add(partition.partition(), messages.records(partition), endOffset);
    }
  }

  private void add(int partition, List<ConsumerRecord<byte[], byte[]>> messages, long endOffset) {
    MessagePacker packer =
        packers.computeIfAbsent(partition, number -> new MessagePacker(topic.source(number)));
    BlockHeader header = null;
    long next = 0;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      if (message.offset() >= endOffset) {
        break;
      }
      BlockHeader own = message.value() == null ? header : format.headerOf(message.value());
      if (packer.size() > 0 && (packer.byteSize() >= BLOCK_BYTES || !Objects.equals(own, header))) {
        take(partition, packer, header, next);
      }
      header = own;
      packer.add(message.offset(), envelope(message), message.value());
      next = message.offset() + 1;
    }
    if (packer.size() > 0) {
      take(partition, packer, header, next);
    }
  }

  private void take(int partition, MessagePacker packer, BlockHeader header, long nextOffset) {
    RawBlock block = packer.take();
    ready.add(
        new Fetched(partition, header == null ? block : block.withHeader(header), nextOffset));
  }

  private static Envelope envelope(ConsumerRecord<byte[], byte[]> message) {
    List<Envelope.Header> headers = List.of();
    for (Header header : message.headers()) {
      headers = headers.isEmpty() ? new ArrayList<>() : headers;
      headers.add(new Envelope.Header(header.key(), header.value()));
    }
    OptionalLong published =
        message.timestamp() < 0 ? OptionalLong.empty() : OptionalLong.of(message.timestamp());
    return message.value() == null
        ? Envelope.ofTombstone(published, message.key(), headers)
        : Envelope.of(published, message.key(), headers);
  }
}
