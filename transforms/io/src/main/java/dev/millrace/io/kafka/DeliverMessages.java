package dev.millrace.io.kafka;

import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Elements to messages, and messages to a topic in one of two ways; counts what is there. */
final class DeliverMessages<T> extends PTransform<PCollection<T>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final SinkConfig config;
  private final DoFn<T, KafkaMessage> encode;
  private final Disposition disposition;

  DeliverMessages(SinkConfig config, DoFn<T, KafkaMessage> encode, Disposition disposition) {
    this.config = config;
    this.encode = encode;
    this.disposition = disposition;
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<T> elements) {
    boolean exactlyOnce = config.delivery() == Delivery.EXACTLY_ONCE;
    if (exactlyOnce && elements.isBounded() == IsBounded.BOUNDED) {
      throw new IllegalArgumentException(
          "Invalid delivery: EXACTLY_ONCE (expected AT_LEAST_ONCE for records that are bounded, since no checkpoint is made of them)");
    }
    config.target().check();
    PCollection<KafkaMessage> messages =
        elements
            .apply("Unwindow", Window.into(new GlobalWindows()))
            .apply("Encode", ParDo.of(encode))
            .setCoder(KafkaMessage.MessageCoder.of());
    return (exactlyOnce ? once(messages) : atLeastOnce(messages))
        .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
  }

  private PCollection<KV<Tally, Long>> atLeastOnce(PCollection<KafkaMessage> messages) {
    return messages.apply("Send", ParDo.of(new SendMessages(config.target(), disposition)));
  }

  private PCollection<KV<Tally, Long>> once(PCollection<KafkaMessage> messages) {
    int shards = config.shards();
    return messages
        .apply(
            "Shard",
            WithKeys.<Integer, KafkaMessage>of(message -> message.shard(shards))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), KafkaMessage.MessageCoder.of()))
        .apply("Number", ParDo.of(new NumberMessages()))
        .setCoder(
            KvCoder.of(
                KvCoder.of(VarIntCoder.of(), ShardProgress.ProgressCoder.of()),
                KafkaMessage.MessageCoder.of()))
        .apply(
            "WriteTransactions",
            ParDo.of(
                new WriteTransactions(
                    config.target(), config.sinkId(), disposition, config.probe())));
  }
}
