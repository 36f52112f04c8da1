package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.FileSet;
import dev.millrace.io.ReadFiles;
import dev.millrace.io.SpliceFiles;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
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
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @BeforeEach
  void forget() {
    GIVEN.clear();
    CHECKPOINTED.set(false);
    FAILED.set(false);
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
    int history = 300_000;
    for (int file = 0; file < 3; file++) {
      Files.write(
          folder.resolve(file + ".ndjson"),
          IntStream.range(file * history / 3, (file + 1) * history / 3)
              .mapToObj(Integer::toString)
              .toList());
    }
    ReadFiles files = ReadFiles.of(FileSet.match(List.of(folder + "/*")));
    ReadKafka live =
        ReadKafka.topic(connection(broker), "live").fixed().untilIdle(Duration.ofSeconds(2));

    givesAllAfterAFailure(
        broker, "live", history, SpliceFiles.of(files, live, java.time.Instant.EPOCH));
  }

  /** Sends numbers to a topic, from the first on, until the pipeline has failed. */
  private static void givesAllAfterAFailure(
      KafkaBroker broker, String topic, int first, PTransform<PBegin, PCollection<RawBlock>> read)
      throws Exception {
    ExecutorService running = Executors.newSingleThreadExecutor();
    try {
      Future<List<Long>> given = running.submit(() -> sum(read, STREAMING));
      int sent = first;
      while (!FAILED.get() && !given.isDone()) {
        send(broker, topic, sent, sent + 100);
        sent += 100;
      }
      send(broker, topic, sent, sent + 100);

      assertThat(given.get(), is(sum(sent + 100)));
    } finally {
      running.shutdownNow();
    }
    assertThat(FAILED.get(), is(true));
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
    PCollection<Long> numbers =
        blocks
            .setCoder(RawBlock.BlockCoder.of())
            .apply("Numbers", ParDo.of(new Numbers()))
            .apply(
                "AtTheEnd",
                Window.<Long>configure()
                    .triggering(AfterWatermark.pastEndOfWindow())
                    .withAllowedLateness(org.joda.time.Duration.ZERO)
                    .discardingFiredPanes());
    numbers
        .apply("Count", Combine.globally(Count.<Long>combineFn()).withoutDefaults())
        .apply("GiveCount", ParDo.of(new Give()));
    numbers
        .apply("Sum", Combine.globally(Sum.ofLongs()).withoutDefaults())
        .apply("GiveSum", ParDo.of(new Give()));
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

  /** The numbers in messages. */
  private static final class Numbers extends DoFn<RawBlock, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RawBlock block, OutputReceiver<Long> out) {
      for (int i = 0; i < block.size(); i++) {
        out.output(Long.valueOf(new String(block.raw(i).payload(), StandardCharsets.UTF_8)));
      }
    }
  }

  /** Fails once, after a checkpoint. */
  private static final class FailOnce extends DoFn<RawBlock, RawBlock> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element RawBlock block, OutputReceiver<RawBlock> out, BundleFinalizer finalizer) {
      finalizer.afterBundleCommit(BoundedWindow.TIMESTAMP_MAX_VALUE, () -> CHECKPOINTED.set(true));
      if (CHECKPOINTED.get() && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("Cannot go on: the test wants it");
      }
      out.output(block);
    }
  }

  private static final class Give extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number) {
      GIVEN.add(number);
    }
  }
}
