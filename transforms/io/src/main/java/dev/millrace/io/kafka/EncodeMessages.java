package dev.millrace.io.kafka;

import org.apache.beam.sdk.transforms.DoFn;

/** Elements to messages, for what has to keep them. */
final class EncodeMessages<T> extends DoFn<T, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private final MessageEncoder<T> encoder;

  EncodeMessages(MessageEncoder<T> encoder) {
    this.encoder = encoder;
  }

  @ProcessElement
  public void processElement(@Element T element, OutputReceiver<KafkaMessage> out) {
    out.output(encoder.encode(element));
  }
}
