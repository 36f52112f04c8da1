package dev.millrace.io.kafka;

import dev.millrace.io.Unwindow;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Elements to messages, and messages to a topic in one of two ways; counts what is there. */
final class DeliverMessages<T> extends PTransform<PCollection<T>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final SinkConfig config;
  private final MessageEncoder<T> encoder;
  private final Disposition disposition;

  DeliverMessages(SinkConfig config, MessageEncoder<T> encoder, Disposition disposition) {
    this.config = config;
    this.encoder = encoder;
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
    PCollection<T> all = Unwindow.each("Unwindow", elements);
    return (exactlyOnce ? once(all) : atLeastOnce(all))
        .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
  }

  private PCollection<KV<Tally, Long>> atLeastOnce(PCollection<T> elements) {
    return elements.apply(
        "Send", ParDo.of(new SendMessages<>(config.target(), encoder, disposition)));
  }

  private PCollection<KV<Tally, Long>> once(PCollection<T> elements) {
    int shards = config.shards();
    return elements
        .apply("Encode", ParDo.of(new EncodeMessages<>(encoder)))
        .setCoder(KafkaMessage.MessageCoder.of())
        .apply(
            "Shard",
            WithKeys.<Integer, KafkaMessage>of(message -> message.shard(shards))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), KafkaMessage.MessageCoder.of()))
        .apply("Number", ParDo.of(new NumberMessages(config.reminders())))
        .setCoder(
            KvCoder.of(
                KvCoder.of(VarIntCoder.of(), ShardProgress.ProgressCoder.of()),
                NullableCoder.of(KafkaMessage.MessageCoder.of())))
        .apply(
            "WriteTransactions",
            ParDo.of(
                new WriteTransactions(
                    config.target(), config.sinkId(), disposition, config.probe())));
  }
}
