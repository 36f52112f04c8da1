package dev.millrace.io.kafka;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.Matchers.containsInAnyOrder;

import dev.millrace.testing.PipelineExtension;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class NumberMessagesTest {
  @Test
  void remindsOfEachShardUntilTheStreamEnds(TestPipeline pipeline) {
    TestStream<KV<Integer, KafkaMessage>> messages =
        TestStream.create(KvCoder.of(VarIntCoder.of(), KafkaMessage.MessageCoder.of()))
            .addElements(message(1, "a"), message(2, "b"))
            .advanceProcessingTime(Duration.standardHours(5))
            .addElements(message(1, "c"))
            .advanceProcessingTime(Duration.standardHours(2))
            .addElements(message(2, "d"))
            .advanceProcessingTime(Duration.standardHours(7))
            .advanceWatermarkToInfinity();
    PCollection<String> numbered =
        pipeline
            .apply(messages)
            .apply(ParDo.of(new NumberMessages(java.time.Duration.ofHours(6))))
            .setCoder(
                KvCoder.of(
                    KvCoder.of(VarIntCoder.of(), ShardProgress.ProgressCoder.of()),
                    NullableCoder.of(KafkaMessage.MessageCoder.of())))
            .apply(MapElements.into(TypeDescriptors.strings()).via(NumberMessagesTest::shown));
    assertElements(
        numbered,
        () ->
            containsInAnyOrder(
                "1 has 1: a",
                "2 has 1: b",
                "1 has 2: c",
                "1 has 2",
                "2 has 1",
                "2 has 2: d",
                "1 has 2",
                "2 has 2"));
    pipeline.run();
  }

  private static KV<Integer, KafkaMessage> message(int shard, String value) {
    return KV.of(shard, KafkaMessage.of(null, value.getBytes(StandardCharsets.UTF_8)).at(0));
  }

  private static String shown(KV<KV<Integer, ShardProgress>, KafkaMessage> numbered) {
    KV<Integer, ShardProgress> place = numbered.getKey();
    String shown = "%s has %s".formatted(place.getKey(), place.getValue().count());
    return numbered.getValue() == null
        ? shown
        : shown
            + ": "
            + new String(numbered.getValue().toTopic("t").value(), StandardCharsets.UTF_8);
  }
}
