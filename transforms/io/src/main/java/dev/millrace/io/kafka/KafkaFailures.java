package dev.millrace.io.kafka;

import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's clients throw, as one line that says what can't be read and why. */
final class KafkaFailures {
  private final Topic topic;

  KafkaFailures(Topic topic) {
    this.topic = topic;
  }

  /** Whether an answer may still come. */
  static boolean isTemporary(Throwable failure) {
    return failure instanceof RetriableException
        && !(failure instanceof UnknownTopicOrPartitionException);
  }

  RuntimeException of(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new ReadException(
          "Cannot reach Kafka at %s: no answer (%s)".formatted(servers(), failure.getMessage()),
          failure);
    }
    if (failure instanceof UnknownTopicOrPartitionException) {
      return new InputException(
          InputException.Kind.NOT_FOUND,
          "Cannot read topic %s: there is none of that name at %s".formatted(topic, servers()),
          failure);
    }
    if (failure instanceof AuthenticationException) {
      return new InputException(
          InputException.Kind.UNREADABLE,
          "Cannot log in to Kafka at %s: %s".formatted(servers(), failure.getMessage()),
          failure);
    }
    if (failure instanceof GroupAuthorizationException) {
      return new InputException(
          InputException.Kind.UNREADABLE,
          "Cannot read offsets of group %s: not authorized".formatted(topic.group()),
          failure);
    }
    if (failure instanceof AuthorizationException) {
      return new InputException(
          InputException.Kind.UNREADABLE,
          "Cannot read topic %s: not authorized".formatted(topic),
          failure);
    }
    if (failure instanceof OffsetOutOfRangeException gone) {
      return deleted(gone);
    }
    return new ReadException(
        "Cannot read topic %s at %s: %s".formatted(topic, servers(), root(failure)), failure);
  }

  private ReadException deleted(OffsetOutOfRangeException gone) {
    TopicPartition partition = gone.partitions().iterator().next();
    return new ReadException(
        "Cannot read topic %s, partition %d from offset %d: the message is not there any more (expected one that is read before it is deleted)"
            .formatted(
                topic, partition.partition(), gone.offsetOutOfRangePartitions().get(partition)),
        gone);
  }

  private String servers() {
    return topic.connection().bootstrapServers();
  }

  /** What went wrong in the first place: what is around it only says that something did. */
  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
