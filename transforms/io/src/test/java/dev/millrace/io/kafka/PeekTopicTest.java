package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.InputException;
import dev.millrace.io.kafka.PeekTopic.Message;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class PeekTopicTest {

  @Test
  void showsTheFirstMessagesOfAllPartitions(KafkaBroker broker) throws Exception {
    broker.createTopic("peeked", 2);
    try (KafkaProducer<String, String> producer = producer(broker)) {
      ProducerRecord<String, String> rejected = new ProducerRecord<>("peeked", 0, "k", "a");
      rejected.headers().add("reason", "malformed".getBytes(StandardCharsets.UTF_8));
      producer.send(rejected).get();
      producer.send(new ProducerRecord<>("peeked", 1, null, (String) null)).get();
      producer.send(new ProducerRecord<>("peeked", 1, null, "c")).get();
    }
    PeekTopic peek = on(broker);

    Message first =
        new Message(0, 0, Optional.of("k"), Map.of("reason", "malformed"), Optional.of("a"));
    Message tombstone = new Message(1, 0, Optional.empty(), Map.of(), Optional.empty());
    Message last = new Message(1, 1, Optional.empty(), Map.of(), Optional.of("c"));
    assertThat(peek.first("peeked", 10), contains(first, tombstone, last));
    assertThat(peek.first("peeked", 2), contains(first, tombstone));
  }

  @Test
  void showsNothingOfAnEmptyTopic(KafkaBroker broker) {
    broker.createTopic("peekedInVain", 1);

    assertThat(on(broker).first("peekedInVain", 1), is(empty()));
  }

  /** What was deleted isn't waited for. */
  @Test
  void beginsWithWhatIsStillThere(KafkaBroker broker) throws Exception {
    broker.createTopic("peekedLate", 1);
    try (KafkaProducer<String, String> producer = producer(broker)) {
      producer.send(new ProducerRecord<>("peekedLate", 0, null, "a")).get();
      producer.send(new ProducerRecord<>("peekedLate", 0, null, "b")).get();
    }
    try (Admin admin = broker.admin()) {
      TopicPartition partition = new TopicPartition("peekedLate", 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1))).all().get();
    }

    assertThat(on(broker).first("peekedLate", 5), hasSize(1));
  }

  @Test
  void refusesWhatItCannotShow(KafkaBroker broker) {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> on(broker).first("peeked", 0))
            .getMessage(),
        is("Invalid number of messages: 0 (expected at least 1)"));
    assertThat(
        assertThrows(InputException.class, () -> on(broker).first("peekedNowhere", 1)).getMessage(),
        startsWith("Cannot read topic peekedNowhere: there is none of that name at 127.0.0.1:"));
  }

  private static PeekTopic on(KafkaBroker broker) {
    return PeekTopic.on(Messages.connection(broker));
  }

  private static KafkaProducer<String, String> producer(KafkaBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }
}
