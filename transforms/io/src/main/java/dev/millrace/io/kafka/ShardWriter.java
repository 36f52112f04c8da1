package dev.millrace.io.kafka;

import dev.millrace.io.WriteException;
import dev.millrace.io.kafka.CommitProbe.Point;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/**
 * Writes the messages of one shard in transactions, each of which commits how far the shard then
 * is. Before the first one it fences off whoever wrote the shard before, and goes on from what that
 * one committed. Not thread-safe.
 */
final class ShardWriter implements AutoCloseable {
  private final KafkaTarget target;
  private final String id;
  private final int shard;
  private final CommitProbe probe;
  private KafkaProducer<byte[], byte[]> producer;
  private ShardProgress committed;
  private ShardProgress sent;
  private boolean isReminded;

  /** A writer that knows what is committed for sure, and doesn't stand in anybody's way yet. */
  ShardWriter(KafkaTarget target, String sinkId, int shard, CommitProbe probe) {
    this.target = target;
    this.id = sinkId + "-" + shard;
    this.shard = shard;
    this.probe = probe;
    startFrom(target.shown(id));
  }

  private void startFrom(OffsetAndMetadata offset) {
    committed = ShardProgress.of(offset);
    sent = committed;
  }

  /** Ends the transaction of who wrote before, one way or the other, and sees which. */
  private void takeOver() {
    producer = target.transactionalProducer(id);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      throw SendFailures.of(target, e);
    }
    startFrom(target.committed(id));
  }

  /** Whether there is something to commit. */
  boolean isPending() {
    return isOpen() || isReminded;
  }

  private boolean isOpen() {
    return sent.count() > committed.count();
  }

  /**
   * Sends a message, unless it is committed already.
   *
   * @param progress of the shard, with this message
   */
  void send(ShardProgress progress, KafkaMessage message) {
    if (producer == null && progress.count() > committed.count()) {
      takeOver();
    }
    if (progress.count() <= committed.count()) {
      checkSame(progress);
      probe.at(Point.ALREADY_COMMITTED, shard, progress.count());
      return;
    }
    if (progress.count() != sent.count() + 1) {
      throw new WriteException(
          "Cannot continue %s in topic %s: message %d comes after message %d (the group's offset is gone, or the parallelism changed without a savepoint: start with another sink id and from where the topic ends)"
              .formatted(id, target.topic(), progress.count(), sent.count()));
    }
    try {
      if (!isOpen()) {
        producer.beginTransaction();
      }
      Future<?> unused =
          producer.send(message.toTopic(target.topic())); // commit() fails if it does
      sent = progress;
    } catch (KafkaException e) {
      throw SendFailures.of(target, e);
    }
  }

  /**
   * Has the next commit say how far the shard is even if nothing was sent, since brokers forget
   * that of a shard that commits nothing for days. A shard that they have forgotten stays so: its
   * next message is refused.
   */
  void remember() {
    if (producer == null) {
      takeOver();
    }
    isReminded = committed.count() > 0;
  }

  /** What is left out must be what was written: at its start and where the last commit ended. */
  private void checkSame(ShardProgress progress) {
    if (progress.first() != committed.first()) {
      throw new WriteException(
          "Cannot continue %s in topic %s: its first message is another one (another run used this sink id: give each its own)"
              .formatted(id, target.topic()));
    }
    if (progress.count() == committed.count() && !progress.equals(committed)) {
      throw new WriteException(
          "Cannot continue %s in topic %s: its first %d messages came in another order (they were sent before a checkpoint had them: start with another sink id and from where the topic ends)"
              .formatted(id, target.topic(), committed.count()));
    }
  }

  /** Commits what was sent, if anything was, or if it was reminded to. */
  void commit() {
    if (!isPending()) {
      return;
    }
    try {
      if (!isOpen()) {
        producer.beginTransaction();
      }
      producer.sendOffsetsToTransaction(
          Map.of(target.offsetPlace(), sent.toOffset()), new ConsumerGroupMetadata(id));
      producer.flush();
      probe.at(Point.BEFORE_COMMIT, shard, sent.count());
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw SendFailures.of(target, e);
    }
    committed = sent;
    isReminded = false;
    probe.at(Point.AFTER_COMMIT, shard, sent.count());
  }

  /** Gives up the shard; a transaction that is open is aborted by whoever takes it over. */
  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
