package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.millrace.flink.FlinkEngine;
import dev.millrace.io.kafka.CommitProbe.Point;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Failures at each point around a commit, on Flink in this process, with the engine's profile. */
@ExtendWith(SharedBroker.class)
class ExactlyOnceTest {
  private static final long NUMBERS = 3_000;
  private static final int SHARDS = 4;
  private static final int KEYS = 50;
  private static final int SPLITS = 2;

  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "number",
          Field.required("key", FieldType.INTEGER),
          Field.required("number", FieldType.INTEGER));

  @TempDir Path scratch;

  @Test
  void writesEachRecordOnceWhateverFailsWhen(KafkaBroker broker) throws IOException {
    broker.createTopic("numbers", 3, Map.of("retention.ms", "-1"));
    Pipeline pipeline = Pipeline.create(options());
    pipeline
        .apply("Numbers", Read.from(new PacedNumbers(NUMBERS, SPLITS, none -> Failing.committed())))
        .apply(
            "Records",
            MapElements.into(TypeDescriptor.of(Record.class)).via(ExactlyOnceTest::record))
        .setCoder(RecordCoder.of(SCHEMA))
        .apply(
            "Write",
            WriteKafka.to(KafkaConnection.to(broker.bootstrapServers()), "numbers")
                .withKey(List.of("key"))
                .withExactlyOnce("run-1")
                .withShards(SHARDS)
                .withReminders(Duration.ofMillis(200))
                .withProbe(Failing::at));
    pipeline.run().waitUntilFinish();
    assertThat("failures that were not reached", Failing.left(), is(empty()));
    assertThat(Failing.REPLAYED.get(), is(greaterThan(0L)));
    assertThat(Failing.REMINDED.get(), is(greaterThan(0L)));
    assertEachOnceInOrder(readCommitted(broker));
  }

  private PipelineOptions options() throws IOException {
    Map<String, String> options =
        new HashMap<>(new FlinkEngine().profile(Mode.UNBOUNDED, JobSpec.of("numbers")));
    options.put("runner", "FlinkRunner");
    options.put("streaming", "true");
    options.put("checkpointingInterval", "100");
    options.put("minPauseBetweenCheckpoints", "20");
    options.put("numberOfExecutionRetries", "100");
    options.put("executionRetryDelay", "10");
    PipelineOptions parsed =
        PipelineOptionsFactory.fromArgs(
                options.entrySet().stream()
                    .map(option -> "--" + option.getKey() + "=" + option.getValue())
                    .toArray(String[]::new))
            .create();
    new FlinkEngine().prepare(parsed, scratch);
    return parsed;
  }

  private static Record record(long number) {
    return new RecordBuilder(SCHEMA)
        .setLong(0, number % KEYS)
        .setLong(1, number)
        .build(number, "numbers", number);
  }

  /** Of a key, the numbers of one split came in their order, and that of the splits is free. */
  private static void assertEachOnceInOrder(List<ConsumerRecord<byte[], byte[]>> messages) {
    List<Long> numbers = new ArrayList<>();
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      String value = new String(message.value(), StandardCharsets.UTF_8);
      long number = Long.parseLong(value.replaceAll(".*\"number\":(\\d+)}", "$1"));
      numbers.add(number);
      String key = new String(message.key(), StandardCharsets.UTF_8);
      Long before = last.put(key + " of split " + number % SPLITS, number);
      assertThat(key, before == null || before < number, is(true));
      assertThat(message.timestamp(), is(number));
    }
    assertThat(
        numbers.stream().sorted().toList(), is(LongStream.range(0, NUMBERS).boxed().toList()));
  }

  private static List<ConsumerRecord<byte[], byte[]>> readCommitted(KafkaBroker broker) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("numbers").stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = ends(broker, partitions);
      while (partitions.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }

  /**
   * Where the topic ends for readers that don't care for transactions: the broker answers that one
   * is committed before it shows it to those that do.
   */
  private static Map<TopicPartition, Long> ends(
      KafkaBroker broker, List<TopicPartition> partitions) {
    try (Admin admin = broker.admin()) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      partitions.forEach(place -> latest.put(place, OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get(30, TimeUnit.SECONDS)
          .forEach((place, end) -> ends.put(place, end.offset()));
      return ends;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Cannot find the end of the topic", e);
    }
  }

  /** Fails where planned: by how often a point was reached, in all attempts. */
  private static final class Failing {
    /** The first commit of a shard comes before any checkpoint that knows of it. */
    private static final Map<Point, Set<Integer>> PLAN =
        Map.of(
            Point.BEFORE_COMMIT, Set.of(3, 9, 30),
            Point.AFTER_COMMIT, Set.of(1, 2, 5, 14, 15, 28),
            Point.ALREADY_COMMITTED, Set.of(40));

    private static final Map<Point, AtomicInteger> REACHED = new EnumMap<>(Point.class);
    private static final Map<Integer, Long> COMMITTED = new ConcurrentHashMap<>();
    private static final Set<String> DONE = ConcurrentHashMap.newKeySet();
    private static final AtomicLong REPLAYED = new AtomicLong();
    private static final AtomicLong REMINDED = new AtomicLong();

    static {
      for (Point point : Point.values()) {
        REACHED.put(point, new AtomicInteger());
      }
    }

    private Failing() {}

    static long committed() {
      return COMMITTED.values().stream().mapToLong(Long::longValue).sum();
    }

    static void at(Point point, int shard, long count) {
      if (point == Point.AFTER_COMMIT) {
        Long before = COMMITTED.get(shard);
        COMMITTED.merge(shard, count, Math::max);
        if (before != null && before == count) {
          REMINDED.incrementAndGet();
        }
        failOnce("after the last commit", committed() == NUMBERS);
      }
      if (point == Point.ALREADY_COMMITTED) {
        REPLAYED.incrementAndGet();
      }
      int reached = REACHED.get(point).incrementAndGet();
      failOnce(point + " " + reached, PLAN.get(point).contains(reached));
    }

    private static void failOnce(String name, boolean now) {
      if (now && DONE.add(name)) {
        throw new IllegalStateException("Cannot go on: test fails " + name);
      }
    }

    /** The planned failures that were not reached. */
    static List<String> left() {
      Map<String, Boolean> planned = new TreeMap<>();
      planned.put("after the last commit", true);
      PLAN.forEach((point, times) -> times.forEach(time -> planned.put(point + " " + time, true)));
      return planned.keySet().stream().filter(name -> !DONE.contains(name)).toList();
    }
  }
}
