package dev.millrace.io.kafka;

import dev.millrace.io.WriteException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates a topic, with the replication that is the brokers' default. */
public final class CreateTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final KafkaConnection connection;

  private CreateTopic(KafkaConnection connection) {
    this.connection = connection;
  }

  /** On this cluster. */
  public static CreateTopic on(KafkaConnection connection) {
    return new CreateTopic(connection);
  }

  /**
   * Creates a topic, unless there is one of this name, which stays as it is. One that was created
   * can be written to.
   *
   * @return whether it was created
   * @throws IllegalArgumentException if no topic can have this name or number of partitions
   * @throws WriteException if the cluster doesn't do it
   */
  public boolean named(String name, int partitions) {
    Topic topic = new Topic(connection, name, null);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Invalid partitions: %s (expected at least 1)".formatted(partitions));
    }
    NewTopic wanted = new NewTopic(topic.name(), Optional.of(partitions), Optional.empty());
    try (Admin admin = Admin.create(connection.clientProperties())) {
      admin.createTopics(List.of(wanted)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      awaitLeaders(admin, name, partitions);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw failed(name, e.getCause());
    } catch (TimeoutException e) {
      throw failed(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(name, e);
    }
  }

  /**
   * The controller has a topic a moment before its leaders do. A producer that sends several
   * batches in that moment can have the first refused and the second taken, and then the first is
   * out of sequence until it expires.
   */
  private static void awaitLeaders(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(name, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    for (long looks = PATIENCE.dividedBy(PAUSE); !haveLeaders(admin, ends); looks--) {
      if (looks == 0) {
        throw new TimeoutException("its partitions have no leaders yet");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Set<String> topics(Map<TopicPartition, OffsetSpec> ends) {
    return ends.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  private static boolean haveLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      // Asked for leaders of topics that it can't see yet, the client logs an error.
      admin
          .describeTopics(topics(ends))
          .allTopicNames()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      admin.listOffsets(ends).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      if (e.getCause() instanceof AuthorizationException) {
        return true; // who may create topics need not be one who may look at them
      }
      throw e;
    }
  }

  private WriteException failed(String name, Throwable cause) {
    return new WriteException(
        "Cannot create topic %s at %s: %s"
            .formatted(name, connection.bootstrapServers(), cause.getMessage()),
        cause);
  }
}
