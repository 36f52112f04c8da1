package dev.millrace.io.kafka;

import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/**
 * Numbered messages of shards to counts of them, which it gives out when they are committed; a
 * place without a message is a reminder of the shard. See the decisions of this room for why a
 * message is there once. It has no state and no key: Beam would drop what waits for the last
 * checkpoint of a stream that ends, as late.
 */
final class WriteTransactions
    extends DoFn<KV<KV<Integer, ShardProgress>, KafkaMessage>, KV<Tally, Long>> {
  private static final long serialVersionUID = 1L;

  private final KafkaTarget target;
  private final String sinkId;
  private final Disposition disposition;
  private final CommitProbe probe;
  private transient Map<Integer, ShardWriter> writers;
  private transient long messages;

  WriteTransactions(KafkaTarget target, String sinkId, Disposition disposition, CommitProbe probe) {
    this.target = target;
    this.sinkId = sinkId;
    this.disposition = disposition;
    this.probe = probe;
  }

  @Setup
  public void setup() {
    writers = new HashMap<>();
  }

  @StartBundle
  public void startBundle() {
    messages = 0;
    // An attempt that failed may have left some of its messages in a transaction.
    List<Integer> failed =
        writers.keySet().stream().filter(shard -> writers.get(shard).isPending()).toList();
    failed.forEach(shard -> writers.remove(shard).close());
  }

  /** Only what a checkpoint has is written: what comes again then has the same numbers. */
  @RequiresStableInput
  @ProcessElement
  public void processElement(@Element KV<KV<Integer, ShardProgress>, KafkaMessage> element) {
    KV<Integer, ShardProgress> place = element.getKey();
    ShardWriter writer = writer(place.getKey());
    if (element.getValue() == null) {
      writer.remember();
      return;
    }
    writer.send(place.getValue(), element.getValue());
    messages++;
  }

  private ShardWriter writer(int shard) {
    return writers.computeIfAbsent(shard, number -> new ShardWriter(target, sinkId, number, probe));
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    writers.values().forEach(ShardWriter::commit);
    if (messages > 0) {
      context.output(
          KV.of(Tally.of(disposition), messages),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
  }

  @Teardown
  public void teardown() {
    if (writers != null) {
      writers.values().forEach(ShardWriter::close);
    }
  }
}
