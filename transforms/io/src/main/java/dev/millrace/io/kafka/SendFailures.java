package dev.millrace.io.kafka;

import dev.millrace.io.WriteException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a failure of Kafka's clients means: they have repeated what may pass, as long as they may.
 */
final class SendFailures {
  private SendFailures() {}

  /** The one line that says what happened, and what to do. */
  static WriteException of(KafkaTarget target, Throwable failure) {
    Throwable cause = cause(failure);
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new WriteException(
        "Cannot write to topic %s at %s: %s (%s): %s"
            .formatted(
                target.topic(),
                target.connection().bootstrapServers(),
                message,
                cause.getClass().getSimpleName(),
                remedy(cause)),
        failure);
  }

  /** A producer that is of no use any more says only that; why is behind it. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause.getClass() == KafkaException.class || cause instanceof ExecutionException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String remedy(Throwable cause) {
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return "another attempt of this run goes on, or another run has its sink id";
    }
    if (cause instanceof AuthorizationException) {
      return "permit the user to write to the topic and, for exactly once, to use the sink id as transactional id and group";
    }
    if (cause instanceof AuthenticationException) {
      return "check the user and its password";
    }
    if (cause instanceof RecordTooLargeException) {
      return "raise max.message.bytes of the topic, or limit the records in the contract";
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "create the topic again";
    }
    return cause instanceof TimeoutException
        ? "see whether the brokers are there, and can be reached from here"
        : "see the logs of the brokers";
  }
}
