package dev.millrace.io.kafka;

import dev.millrace.io.WriteException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates a topic, with the replication that is the brokers' default. */
public final class CreateTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConnection connection;

  private CreateTopic(KafkaConnection connection) {
    this.connection = connection;
  }

  /** On this cluster. */
  public static CreateTopic on(KafkaConnection connection) {
    return new CreateTopic(connection);
  }

  /**
   * Creates a topic, unless there is one of this name, which stays as it is.
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

  private WriteException failed(String name, Throwable cause) {
    return new WriteException(
        "Cannot create topic %s at %s: %s"
            .formatted(name, connection.bootstrapServers(), cause.getMessage()),
        cause);
  }
}
