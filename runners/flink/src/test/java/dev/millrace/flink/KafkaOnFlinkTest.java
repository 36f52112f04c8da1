package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.io.files.SpliceFiles;
import dev.millrace.io.kafka.KafkaConnection;
import dev.millrace.io.kafka.ReadKafka;
import dev.millrace.io.kafka.ReadKafkaSlice;
import dev.millrace.record.RawBlock;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic read on Flink in this process. */
@ExtendWith(SharedBroker.class)
class KafkaOnFlinkTest {
  private static final int PARTITIONS = 3;
  private static final int FILES = 4;
  private static final int NUMBERS_A_FILE = 2_048;

  /** After a block until there is a checkpoint: all files would be read before it. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final String[] STREAMING = {
    "--streaming",
    "--checkpointingInterval=100",
    "--maxBundleSize=1",
    "--numberOfExecutionRetries=1",
    "--executionRetryDelay=1"
  };

  /** What the pipelines give: they run in this process. */
  private static final Queue<Long> GIVEN = new ConcurrentLinkedQueue<>();

  private static final AtomicBoolean CHECKPOINTED = new AtomicBoolean();

  /** The source of the block that the pipeline has failed with; null until then. */
  private static final AtomicReference<String> FAILED_IN = new AtomicReference<>();

  @BeforeEach
  void forget() {
    GIVEN.clear();
    CHECKPOINTED.set(false);
    FAILED_IN.set(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--useDataStreamForBatch=false", "--useDataStreamForBatch=true"})
  void readsASliceToItsEnd(String batch, KafkaBroker broker) throws Exception {
    String topic = "slice" + batch.replaceAll("\\W", "-");
    broker.createTopic(topic, PARTITIONS);
    send(broker, topic, 0, 30_000);
    ReadKafkaSlice slice = ReadKafkaSlice.topic(connection(broker), topic);

    assertThat(sum(slice, batch), is(sum(30_000)));
  }

  @Test
  @Timeout(120)
  void goesOnAfterAFailureWithoutLosingOrRepeatingAMessage(KafkaBroker broker) throws Exception {
    broker.createTopic("stream", PARTITIONS);
    ReadKafka stream =
        ReadKafka.topic(connection(broker), "stream")
            .withGroup("stream")
            .untilIdle(Duration.ofSeconds(2));

    givesAllAfterAFailure(broker, "stream", 0, stream);
  }

  @Test
  @Timeout(120)
  void goesOnAfterAFailureWithFilesAndThenATopic(KafkaBroker broker, @TempDir Path folder)
      throws Exception {
    broker.createTopic("live", PARTITIONS);
    for (int file = 0; file < FILES; file++) {
      Files.write(
          folder.resolve(file + ".ndjson"),
          IntStream.range(file * NUMBERS_A_FILE, (file + 1) * NUMBERS_A_FILE)
              .mapToObj(KafkaOnFlinkTest::line)
              .toList());
    }
    ReadFiles files = ReadFiles.of(FileSet.match(List.of(folder + "/*")));
    ReadKafka live =
        ReadKafka.topic(connection(broker), "live").fixed().untilIdle(Duration.ofSeconds(2));

    givesAllAfterAFailure(
        broker, "live", FILES * NUMBERS_A_FILE, SpliceFiles.of(files, live, Instant.EPOCH));
    assertThat("failed in the files", FAILED_IN.get(), endsWith(".ndjson"));
  }

  /** So wide that a file is sixteen blocks. */
  private static String line(int number) {
    return String.format(Locale.ROOT, "%01023d", number);
  }

  /** Sends numbers to a topic, from the first on, until the pipeline has failed. */
  private static void givesAllAfterAFailure(
      KafkaBroker broker, String topic, int first, PTransform<PBegin, PCollection<RawBlock>> read)
      throws Exception {
    ExecutorService running = Executors.newSingleThreadExecutor();
    try {
      Future<List<Long>> given = running.submit(() -> sum(read, STREAMING));
      int sent = first;
      while (FAILED_IN.get() == null && !given.isDone()) {
        send(broker, topic, sent, sent + 100);
        sent += 100;
      }
      send(broker, topic, sent, sent + 100);

      assertThat(given.get(), is(sum(sent + 100)));
    } finally {
      running.shutdownNow();
    }
    assertThat(FAILED_IN.get(), is(notNullValue()));
  }

  /** The number of messages, and the sum of what they say. */
  private static List<Long> sum(PTransform<PBegin, PCollection<RawBlock>> read, String... options) {
    List<String> all = new ArrayList<>(List.of("--runner=FlinkRunner", "--flinkMaster=[local]"));
    all.addAll(List.of("--parallelism=2", "--objectReuse=true"));
    all.addAll(List.of(options));
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create());
    PCollection<RawBlock> blocks = pipeline.apply("Read", read);
    if (blocks.isBounded() == IsBounded.UNBOUNDED) {
      blocks = blocks.apply("FailOnce", ParDo.of(new FailOnce()));
    }
    blocks
        .setCoder(RawBlock.BlockCoder.of())
        .apply("Totals", ParDo.of(new Totals()))
        .apply(
            "AtTheEnd",
            Window.<KV<String, Long>>configure()
                .triggering(AfterWatermark.pastEndOfWindow())
                .withAllowedLateness(org.joda.time.Duration.ZERO)
                .discardingFiredPanes())
        .apply("Sum", Sum.longsPerKey())
        .apply("Give", ParDo.of(new Give()));
    pipeline.run().waitUntilFinish();
    return GIVEN.stream().sorted().toList();
  }

  private static List<Long> sum(long messages) {
    return List.of(messages, messages * (messages - 1) / 2);
  }

  private static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.to(broker.bootstrapServers());
  }

  private static void send(KafkaBroker broker, String topic, int from, int to) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = from; i < to; i++) {
        byte[] value = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, value)));
      }
      for (Future<RecordMetadata> message : sent) {
        message.get();
      }
    }
  }

  /** How many messages a block has, and the sum of what they say. */
  private static final class Totals extends DoFn<RawBlock, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RawBlock block, OutputReceiver<KV<String, Long>> out) {
      long sum = 0;
      for (int i = 0; i < block.size(); i++) {
        sum += Long.parseLong(new String(block.raw(i).payload(), StandardCharsets.UTF_8));
      }
      out.output(KV.of("messages", (long) block.size()));
      out.output(KV.of("sum", sum));
    }
  }

  /** Fails once, after a checkpoint. */
  private static final class FailOnce extends DoFn<RawBlock, RawBlock> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element RawBlock block, OutputReceiver<RawBlock> out, BundleFinalizer finalizer) {
      finalizer.afterBundleCommit(BoundedWindow.TIMESTAMP_MAX_VALUE, () -> CHECKPOINTED.set(true));
      if (!CHECKPOINTED.get()) {
        LockSupport.parkNanos(PAUSE.toNanos());
      } else if (FAILED_IN.compareAndSet(null, block.source())) {
        throw new IllegalStateException("Cannot go on: the test wants it");
      }
      out.output(block);
    }
  }

  private static final class Give extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> total) {
      GIVEN.add(total.getValue());
    }
  }
}
