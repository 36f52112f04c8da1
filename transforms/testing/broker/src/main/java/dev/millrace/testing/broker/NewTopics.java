package dev.millrace.testing.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics that can be written to when they are there.
 *
 * <p>A topic is created when the controller has it, which is a moment before its leaders do. A
 * producer that sends several batches in that moment can have the first refused and the second
 * taken, and then the first is out of sequence until it expires.
 */
public final class NewTopics {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private NewTopics() {}

  /** Creates them and waits until each partition's leader answers. */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    admin.createTopics(topics).all().get();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    while (!haveLeaders(admin, ends)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Set<String> topics(Map<TopicPartition, OffsetSpec> ends) {
    return ends.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  private static boolean haveLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws ExecutionException, InterruptedException {
    try {
      // Asked for leaders of topics that it can't see yet, the client logs an error.
      admin.describeTopics(topics(ends)).allTopicNames().get();
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
