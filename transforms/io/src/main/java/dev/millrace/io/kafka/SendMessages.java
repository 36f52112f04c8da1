package dev.millrace.io.kafka;

import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/** Sends a message of each element, and gives out how many when the brokers have them. */
final class SendMessages<T> extends DoFn<T, KV<Tally, Long>> {
  private static final long serialVersionUID = 1L;

  private final KafkaTarget target;
  private final MessageEncoder<T> encoder;
  private final Disposition disposition;
  private transient KafkaProducer<byte[], byte[]> producer;
  private transient AtomicReference<Exception> failure;
  private transient long messages;

  SendMessages(KafkaTarget target, MessageEncoder<T> encoder, Disposition disposition) {
    this.target = target;
    this.encoder = encoder;
    this.disposition = disposition;
  }

  @StartBundle
  public void startBundle() {
    if (producer == null) {
      producer = target.producer();
    }
    failure = new AtomicReference<>();
    messages = 0;
  }

  @ProcessElement
  public void processElement(@Element T element) {
    AtomicReference<Exception> first = failure;
    throwFailure();
    try {
      Future<?> unused =
          producer.send(
              encoder.encode(element).toTopic(target.topic()),
              (sent, exception) -> {
                if (exception != null) {
                  first.compareAndSet(null, exception);
                }
              });
    } catch (KafkaException e) {
      throw SendFailures.of(target, e);
    }
    messages++;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    producer.flush();
    throwFailure();
    if (messages > 0) {
      context.output(
          KV.of(Tally.of(disposition), messages),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
  }

  private void throwFailure() {
    if (failure.get() != null) {
      throw SendFailures.of(target, failure.get());
    }
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
