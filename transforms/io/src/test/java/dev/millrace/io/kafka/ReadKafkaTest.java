package dev.millrace.io.kafka;

import static dev.millrace.io.kafka.Messages.connection;
import static dev.millrace.io.kafka.Messages.message;
import static dev.millrace.io.kafka.Messages.send;
import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.record.RawBlock;
import dev.millrace.testing.PipelineExtension;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.hamcrest.Matchers;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({SharedBroker.class, PipelineExtension.class})
class ReadKafkaTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"%s\";";

  @TempDir Path folder;

  @Test
  void readsWhatComesAndEndsWhenItIsIdle(KafkaBroker broker, TestPipeline pipeline) {
    String topic = "goes-on";
    broker.createTopic(topic, 3);
    send(broker, message(topic, 0, 1, "a"), message(topic, 1, 1, "b"), message(topic, 0, 2, "c"));
    PCollection<RawBlock> blocks =
        pipeline.apply(
            "Read",
            ReadKafka.topic(connection(broker), topic)
                .withGroup("goes-on")
                .untilIdle(Duration.ofMillis(500)));

    assertThat(blocks.isBounded(), is(IsBounded.UNBOUNDED));
    assertElements(
        blocks.apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via(block -> Messages.shown(Messages.records(block)))),
        () -> containsInAnyOrder("goes-on/0@0: a", "goes-on/0@1: c", "goes-on/1@0: b"));
    pipeline.run();
  }

  @Test
  void showsWhatIsConfiguredButNoSecret() throws IOException {
    Path secret = Files.writeString(folder.resolve("jaas"), "s3cr3t");
    ReadKafka read =
        ReadKafka.topic(
                KafkaConnection.to("a:9092").with("sasl.jaas.config", "file:" + secret), "events")
            .withGroup("watchers")
            .startingAt(TopicStart.latest())
            .withEventTimes(block -> Instant.EPOCH)
            .withMaxOutOfOrderness(Duration.ofHours(1))
            .withMaxClockSkew(Duration.ofSeconds(5))
            .withIdleness(Duration.ofMinutes(7))
            .untilIdle(Duration.ofMinutes(2));
    DisplayData data = DisplayData.from(read);
    List<String> items =
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList();

    assertThat(
        items,
        hasItems(
            "topic=events",
            "group=watchers",
            "bootstrapServers=a:9092",
            "kafkaSettings=sasl.jaas.config=file:" + secret,
            "startingAt=latest",
            "maxOutOfOrderness=PT1H",
            "maxClockSkew=PT5S",
            "idleness=PT7M",
            "untilIdle=PT2M"));
    assertThat(data.toString(), not(containsString("s3cr3t")));
  }

  @Test
  void refusesWhatItCannotDo() {
    ReadKafka read = ReadKafka.topic(KafkaConnection.to("a:9092"), "events");
    refused(
        "Invalid maxOutOfOrderness: PT-1S (expected zero or more)",
        () -> read.withMaxOutOfOrderness(Duration.ofSeconds(-1)));
    refused(
        "Invalid maxClockSkew: PT-1S (expected zero or more)",
        () -> read.withMaxClockSkew(Duration.ofSeconds(-1)));
    refused(
        "Invalid idleness: PT0S (expected 1ms or more)", () -> read.withIdleness(Duration.ZERO));
    refused("Invalid untilIdle: PT0S (expected 1ms or more)", () -> read.untilIdle(Duration.ZERO));
    refused("Missing required value: group", () -> read.withGroup(" "));
    refused(
        "soon (expected earliest, latest, committed or an instant: 2001-01-01T00:00:00Z)",
        () -> TopicStart.parse("soon"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a b", "a/b", "ü"})
  void refusesANameThatNoTopicHas(String name) {
    refused(
        "Invalid topic: %s (expected up to 249 letters, digits, dots, underscores and hyphens)"
            .formatted(name),
        () -> ReadKafka.topic(KafkaConnection.to("a:9092"), name));
  }

  @Test
  void saysAtLaunchThatThereIsNoSuchTopic(KafkaBroker broker) {
    ReadKafka read = ReadKafka.topic(connection(broker), "nowhere");
    InputException e = assertThrows(InputException.class, read::source);
    assertThat(
        e.getMessage(),
        is(
            "Cannot read topic nowhere: there is none of that name at %s"
                .formatted(broker.bootstrapServers())));
    assertThat(e.kind(), is(InputException.Kind.NOT_FOUND));
  }

  @Test
  void saysAtLaunchThatNobodyAnswers() {
    KafkaConnection nobody =
        KafkaConnection.to("127.0.0.1:1")
            .with(Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "300"));
    ReadException e = assertThrows(ReadException.class, ReadKafka.topic(nobody, "events")::source);
    assertThat(
        e.getMessage(), startsWith("Cannot reach Kafka at 127.0.0.1:1: no answer (Timed out"));
  }

  @Test
  void saysAtLaunchThatAHostIsUnknown() {
    KafkaConnection unknown = KafkaConnection.to("nowhere.invalid:9092");
    ReadException e = assertThrows(ReadException.class, ReadKafka.topic(unknown, "events")::source);
    assertThat(
        e.getMessage(),
        is(
            "Cannot read topic events at nowhere.invalid:9092: No resolvable bootstrap urls given in bootstrap.servers"));
  }

  @Test
  void logsInByReferenceAndSaysWhatItIsNotAllowedTo(TestPipeline pipeline) throws Exception {
    Map<String, String> admin = login("admin", "s3cr3t");
    try (KafkaBroker guarded = guarded(admin)) {
      guarded.createTopic("events", 1);
      try (Admin client = guarded.admin()) {
        client.createAcls(List.of(allow("looker", AclOperation.DESCRIBE))).all().get();
      }
      assertThat(
          refusal(guarded, login("stranger", "s3cr3t")),
          is("Cannot read topic events: not authorized"));
      assertThat(
          refusal(guarded, login("admin", "wrong")),
          is(
              "Cannot log in to Kafka at %s: Authentication failed: Invalid username or password"
                  .formatted(guarded.bootstrapServers())));

      ReadKafka mayOnlyLook =
          ReadKafka.topic(referring(guarded, login("looker", "s3cr3t")), "events");
      try (StreamReader reader = (StreamReader) mayOnlyLook.source().createReader(null, null)) {
        InputException e = assertThrows(InputException.class, () -> readOn(reader));
        assertThat(e.getMessage(), is("Cannot read topic events: not authorized"));
      }
      assertElements(
          pipeline.apply("Read", ReadKafkaSlice.topic(referring(guarded, admin), "events")),
          () -> Matchers.empty());
      pipeline.run();
    }
  }

  /** What is wrong is known when an answer is there. */
  private static void readOn(StreamReader reader) {
    for (boolean more = reader.start(); !more; more = reader.advance()) {
      assertThat(reader.getWatermark().getMillis() < 0, is(true));
    }
  }

  private String refusal(KafkaBroker broker, Map<String, String> settings) throws IOException {
    ReadKafka read = ReadKafka.topic(referring(broker, settings), "events");
    return assertThrows(InputException.class, read::source).getMessage();
  }

  /** With the login in a file. */
  private KafkaConnection referring(KafkaBroker broker, Map<String, String> settings)
      throws IOException {
    Path file = Files.createTempFile(folder, "jaas", "");
    Files.writeString(file, settings.get("sasl.jaas.config") + "\n");
    return connection(broker).with(settings(file));
  }

  private static Map<String, String> settings(Path file) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "file:" + file);
  }

  private static Map<String, String> login(String user, String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN.formatted(user, password));
  }

  private static KafkaBroker guarded(Map<String, String> admin) {
    String users = " user_admin=\"s3cr3t\" user_stranger=\"s3cr3t\" user_looker=\"s3cr3t\";";
    return KafkaBroker.start(
        Map.of(
            "listener.security.protocol.map",
            "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "sasl.mechanism.inter.broker.protocol",
            "PLAIN",
            "listener.name.clients.plain.sasl.jaas.config",
            LOGIN.formatted("admin", "s3cr3t").replace(";", users),
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users",
            "User:admin;User:ANONYMOUS"),
        admin);
  }

  private static AclBinding allow(String user, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, "events", PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }

  private static void refused(String message, Executable call) {
    assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
  }

  @Test
  void keepsTheOffsetsThatItWasFixedAt(KafkaBroker broker) {
    broker.createTopic("fixed", 2);
    send(broker, message("fixed", 0, 10, "a"), message("fixed", 0, 20, "b"));
    ReadKafka read =
        ReadKafka.topic(connection(broker), "fixed")
            .startingAt(TopicStart.publishedAt(java.time.Instant.ofEpochMilli(20)));
    ReadKafka fixed = read.fixed();
    send(broker, message("fixed", 1, 30, "c"), message("fixed", 1, 40, "d"));

    assertThat(fixed.starts(), is(Map.of("fixed/0", 1L, "fixed/1", 0L)));
    assertThat(fixed.source().starts(), is(Map.of(0, 1L, 1, 0L)));
    assertThat(
        DisplayData.from(fixed).asMap().values().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        hasItems("startingAt=offsets {0=1, 1=0}"));
    IllegalStateException e = assertThrows(IllegalStateException.class, read::starts);
    assertThat(
        e.getMessage(),
        is("Cannot tell the offsets of a start at 1970-01-01T00:00:00.020Z: it is not fixed"));
  }

  @Test
  void readsPartitionsThatAreAddedAfterItWasFixed(KafkaBroker broker) throws Exception {
    broker.createTopic("growing", 1);
    send(broker, message("growing", 0, 10, "a"));
    ReadKafka fixed =
        ReadKafka.topic(connection(broker), "growing").startingAt(TopicStart.latest()).fixed();
    try (Admin admin = broker.admin()) {
      admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(2))).all().get();
    }
    assertThat(fixed.source().starts(), is(Map.of(0, 1L, 1, 0L)));
  }
}
