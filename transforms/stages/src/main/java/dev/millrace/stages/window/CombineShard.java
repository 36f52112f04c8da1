package dev.millrace.stages.window;

import dev.millrace.record.Record;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;

/** Adds up the blocks of a shard, and makes a record of each group in its window. */
final class CombineShard extends DoFn<KV<Integer, Iterable<byte[]>>, Record> {
  private static final long serialVersionUID = 1L;

  private final AggregatePlan plan;

  CombineShard(AggregatePlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<Record> output) {
    GroupTable table = new GroupTable(plan.measures());
    for (byte[] block : shard.getValue()) {
      GroupBlocks.read(
          block,
          plan.totalsCoder(),
          (key, window, totals) -> table.find(key, key.length, window).merge(totals));
    }
    table.forEach(
        group ->
            output.outputWindowedValue(
                plan.result(group.key(), group.window(), group.totals()),
                group.window().maxTimestamp(),
                List.of(group.window()),
                PaneInfo.ON_TIME_AND_ONLY_FIRING));
  }
}
