package dev.millrace.stages.window;

import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/**
 * Adds a bundle's records up by group and window before the shuffle. Groups that come when the
 * table is full leave a record at a time. For bounded records in windows that don't merge.
 */
final class CombineInBundle extends DoFn<Record, KV<byte[], Totals>> {
  private static final long serialVersionUID = 1L;

  private final AggregatePlan plan;
  private final int[] measureFields;
  private transient KeyBytes group;
  private transient GroupTable table;

  CombineInBundle(AggregatePlan plan) {
    this.plan = plan;
    this.measureFields = plan.measureFields();
  }

  @Setup
  public void setUp() {
    group = plan.groupBytes();
  }

  @StartBundle
  public void start() {
    table = new GroupTable(plan.measureTypes());
  }

  @ProcessElement
  public void process(
      @Element Record record, BoundedWindow window, OutputReceiver<KV<byte[], Totals>> output) {
    group.read(record);
    Totals totals = table.find(group, (IntervalWindow) window);
    if (totals == null) {
      Totals single = Totals.none(plan.measureTypes());
      single.add(record, measureFields);
      output.output(KV.of(group.copy(), single));
    } else {
      totals.add(record, measureFields);
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    table.forEach(
        found ->
            context.output(
                KV.of(found.key(), found.totals()), found.window().maxTimestamp(), found.window()));
  }
}
