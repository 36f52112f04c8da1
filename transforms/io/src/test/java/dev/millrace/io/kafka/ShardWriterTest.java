package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.WriteException;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class ShardWriterTest {
  private String topic;
  private KafkaTarget target;

  @BeforeEach
  void createTopic(KafkaBroker broker, TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
    target =
        new KafkaTarget(KafkaConnection.to(broker.bootstrapServers()), topic, Compression.NONE);
  }

  private ShardWriter writer() {
    return new ShardWriter(target, topic, 0, CommitProbe.NONE);
  }

  private static KafkaMessage message(String value) {
    return KafkaMessage.of(null, value.getBytes(StandardCharsets.UTF_8)).at(0);
  }

  /** Sends these messages from a place on, and gives the place after them. */
  private static ShardProgress send(ShardWriter writer, ShardProgress from, String... values) {
    ShardProgress progress = from;
    for (String value : values) {
      progress = progress.then(message(value));
      writer.send(progress, message(value));
    }
    return progress;
  }

  private List<String> committed(KafkaBroker broker) {
    return SentMessages.in(broker, topic).stream()
        .map(sent -> new String(sent.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void leavesOutWhatAnAttemptBeforeCommitted(KafkaBroker broker) {
    try (ShardWriter first = writer()) {
      ShardProgress two = send(first, ShardProgress.NONE, "a", "b");
      first.commit();
      send(first, two, "c");
    }
    try (ShardWriter second = writer()) {
      send(second, ShardProgress.NONE, "a", "b", "c", "d");
      second.commit();
    }
    assertThat(committed(broker), contains("a", "b", "c", "d"));
  }

  /** A commit has succeeded before the broker shows it to all: whoever takes over must wait. */
  @Test
  void seesACommitThatTheBrokerDoesNotShowYet(KafkaBroker broker) {
    try (ShardWriter writer = writer()) {
      ShardProgress progress = ShardProgress.NONE;
      for (int i = 0; i < 30; i++) {
        progress = send(writer, progress, "a");
        writer.commit();
        assertThat(target.committed(topic + "-0"), is(progress.toOffset()));
      }
    }
    assertThat(committed(broker), hasSize(30));
  }

  @Test
  void showsNothingThatIsNotCommitted(KafkaBroker broker) {
    try (ShardWriter first = writer()) {
      send(first, ShardProgress.NONE, "a");
      try (ShardWriter second = writer()) {
        send(second, ShardProgress.NONE, "a", "b");
        second.commit();
      }
      WriteException failure = assertThrows(WriteException.class, first::commit);
      assertThat(
          failure.getMessage(),
          containsString("another attempt of this run goes on, or another run has its sink id"));
    }
    assertThat(committed(broker), contains("a", "b"));
  }

  @Test
  void standsInNobodysWayUntilItHasSomethingNew(KafkaBroker broker) {
    try (ShardWriter first = writer();
        ShardWriter second = writer()) {
      ShardProgress one = send(first, ShardProgress.NONE, "a");
      first.commit();
      assertThat(target.committed(topic + "-0"), is(one.toOffset())); // waits until it is shown
      try (ShardWriter late = writer()) {
        send(late, ShardProgress.NONE, "a");
        late.commit();
      }
      send(first, one, "b");
      first.commit();
      second.commit();
    }
    assertThat(committed(broker), contains("a", "b"));
  }

  /** As a broker forgets it that has seen no commit of the shard for days. */
  @Test
  void commitsOnceMoreWhatTheBrokerMayForget(KafkaBroker broker) throws Exception {
    ShardProgress two;
    try (ShardWriter writer = writer();
        Admin admin = broker.admin()) {
      two = send(writer, ShardProgress.NONE, "a", "b");
      writer.commit();
      assertThat(target.committed(topic + "-0"), is(two.toOffset()));
      admin
          .deleteConsumerGroupOffsets(topic + "-0", Set.of(target.offsetPlace()))
          .all()
          .get(30, TimeUnit.SECONDS);
      assertThat(target.committed(topic + "-0"), is(nullValue()));
      writer.remember();
      writer.commit();
      assertThat(target.committed(topic + "-0"), is(two.toOffset()));
    }
    try (ShardWriter second = writer()) {
      send(second, two, "c");
      second.remember();
      second.commit();
      assertThat(second.isPending(), is(false));
    }
    assertThat(committed(broker), contains("a", "b", "c"));
  }

  @Test
  void keepsAShardThatAnAttemptBeforeHasWritten(KafkaBroker broker) {
    try (ShardWriter first = writer();
        ShardWriter second = writer()) {
      ShardProgress one = send(first, ShardProgress.NONE, "a");
      first.commit();
      send(first, one, "b");
      second.remember();
      second.commit();
      assertThat(target.committed(topic + "-0"), is(one.toOffset()));
      assertThrows(WriteException.class, first::commit);
    }
    assertThat(committed(broker), contains("a"));
  }

  /** There is nothing to keep, and nobody may take the next message for the first. */
  @Test
  void leavesForgottenWhatIsForgotten(KafkaBroker broker) {
    try (ShardWriter writer = writer()) {
      writer.remember();
      writer.commit();
      assertThat(target.shown(topic + "-0"), is(nullValue()));
    }
  }

  @Test
  void refusesToGoOnAfterAGap(KafkaBroker broker) {
    ShardProgress two = ShardProgress.NONE.then(message("a")).then(message("b"));
    try (ShardWriter writer = writer()) {
      assertThat(
          assertThrows(WriteException.class, () -> send(writer, two, "c")).getMessage(),
          is(
              "Cannot continue %1$s-0 in topic %1$s: message 3 comes after message 0 (the group's offset is gone, or the parallelism changed without a savepoint: start with another sink id and from where the topic ends)"
                  .formatted(topic)));
    }
    assertThat(committed(broker), is(empty()));
  }

  @Test
  void refusesTheSinkIdOfAnotherRun(KafkaBroker broker) {
    try (ShardWriter first = writer()) {
      send(first, ShardProgress.NONE, "a", "b", "c");
      first.commit();
    }
    try (ShardWriter other = writer()) {
      assertThat(
          assertThrows(WriteException.class, () -> send(other, ShardProgress.NONE, "x"))
              .getMessage(),
          is(
              "Cannot continue %1$s-0 in topic %1$s: its first message is another one (another run used this sink id: give each its own)"
                  .formatted(topic)));
    }
    assertThat(committed(broker), contains("a", "b", "c"));
  }

  @Test
  void refusesAnotherOrderOfWhatIsCommitted() {
    try (ShardWriter first = writer()) {
      send(first, ShardProgress.NONE, "a", "b", "c");
      first.commit();
    }
    try (ShardWriter second = writer()) {
      assertThat(
          assertThrows(WriteException.class, () -> send(second, ShardProgress.NONE, "a", "c", "b"))
              .getMessage(),
          is(
              "Cannot continue %1$s-0 in topic %1$s: its first 3 messages came in another order (they were sent before a checkpoint had them: start with another sink id and from where the topic ends)"
                  .formatted(topic)));
    }
  }

  @Test
  void progressTravelsAsAnOffset() {
    ShardProgress two = ShardProgress.NONE.then(message("a")).then(message("b"));
    assertThat(ShardProgress.of(two.toOffset()), is(two));
    assertThat(ShardProgress.of(null), is(ShardProgress.NONE));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> ShardProgress.of(new OffsetAndMetadata(3, "else")))
            .getMessage(),
        is("Invalid metadata of an offset: else (expected what a sink committed)"));
  }
}
