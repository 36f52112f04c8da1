package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.WriteException;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class CreateTopicTest {
  private static final KafkaConnection NOWHERE =
      KafkaConnection.to("127.0.0.1:1")
          .with("request.timeout.ms", "500")
          .with("default.api.timeout.ms", "1000");

  @Test
  void createsATopicOnce(KafkaBroker broker) throws Exception {
    CreateTopic create = CreateTopic.on(KafkaConnection.to(broker.bootstrapServers()));

    assertThat(create.named("created", 3), is(true));
    assertThat(create.named("created", 5), is(false));

    int partitions =
        broker
            .admin()
            .describeTopics(List.of("created"))
            .allTopicNames()
            .get()
            .get("created")
            .partitions()
            .size();
    assertThat(partitions, is(3));
  }

  @Test
  void refusesWhatNoTopicCanBe() {
    CreateTopic create = CreateTopic.on(NOWHERE);

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> create.named("a b", 1)).getMessage(),
        is(
            "Invalid topic: a b (expected up to 249 letters, digits, dots, underscores and hyphens)"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> create.named("a", 0)).getMessage(),
        is("Invalid partitions: 0 (expected at least 1)"));
  }

  @Test
  void saysWhichClusterDoesNotDoIt() {
    WriteException failure =
        assertThrows(WriteException.class, () -> CreateTopic.on(NOWHERE).named("a", 1));

    assertThat(failure.getMessage(), startsWith("Cannot create topic a at 127.0.0.1:1: "));
  }
}
