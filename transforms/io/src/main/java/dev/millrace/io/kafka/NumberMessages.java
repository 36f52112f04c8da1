package dev.millrace.io.kafka;

import java.util.Optional;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Gives each message of a shard its place in it: how far the shard is with it. */
final class NumberMessages
    extends DoFn<KV<Integer, KafkaMessage>, KV<KV<Integer, ShardProgress>, KafkaMessage>> {
  private static final long serialVersionUID = 1L;

  @StateId("progress")
  private final StateSpec<ValueState<ShardProgress>> progressSpec =
      StateSpecs.value(ShardProgress.ProgressCoder.of());

  @ProcessElement
  public void processElement(
      @Element KV<Integer, KafkaMessage> element,
      @StateId("progress") ValueState<ShardProgress> state,
      OutputReceiver<KV<KV<Integer, ShardProgress>, KafkaMessage>> out) {
    KafkaMessage message = element.getValue();
    ShardProgress progress =
        Optional.ofNullable(state.read()).orElse(ShardProgress.NONE).then(message);
    state.write(progress);
    out.output(KV.of(KV.of(element.getKey(), progress), message));
  }
}
