package dev.millrace.stages.window;

import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Adds a bundle's records up by group and window before the shuffle, and sends each shard its
 * groups as one block. For bounded records in windows that don't merge.
 *
 * <p>A block has the time of the earliest of its windows' ends, in a window of the bundle that says
 * nothing: the windows that matter are in the block.
 */
final class CombineInBundle extends DoFn<Record, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final int MOST_GROUPS = 1 << 16;
  private static final int MOST_LARGE_GROUPS = 1 << 10;

  private final AggregatePlan plan;
  private final int shards;
  private final int mostGroups;
  private final int[] measureFields;
  private transient KeyBytes group;
  private transient GroupTable table;
  private transient Instant earliest;
  private transient IntervalWindow anyWindow;

  CombineInBundle(AggregatePlan plan, int shards) {
    this.plan = plan;
    this.shards = shards;
    this.mostGroups =
        plan.measures().stream().anyMatch(Measure::isLarge) ? MOST_LARGE_GROUPS : MOST_GROUPS;
    this.measureFields = plan.measureFields();
  }

  @Setup
  public void setUp() {
    group = plan.groupBytes();
  }

  @StartBundle
  public void start() {
    clear();
  }

  @ProcessElement
  public void process(
      @Element Record record, BoundedWindow window, OutputReceiver<KV<Integer, byte[]>> output) {
    if (table.size() >= mostGroups) {
      take(output::outputWithTimestamp);
    }
    anyWindow = (IntervalWindow) window;
    if (window.maxTimestamp().isBefore(earliest)) {
      earliest = window.maxTimestamp();
    }
    group.read(record);
    table.find(group.array(), group.length(), anyWindow).add(record, measureFields);
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    take((block, time) -> context.output(block, time, anyWindow));
  }

  private void take(BiConsumer<KV<Integer, byte[]>, Instant> output) {
    GroupBlocks blocks = new GroupBlocks(shards, plan.totalsCoder());
    table.forEach(blocks::add);
    for (int shard = 0; shard < shards; shard++) {
      byte[] block = blocks.block(shard);
      if (block != null) {
        output.accept(KV.of(shard, block), earliest);
      }
    }
    clear();
  }

  private void clear() {
    table = new GroupTable(plan.measures());
    earliest = BoundedWindow.TIMESTAMP_MAX_VALUE;
  }

  /** A full table leaves with the next record, which may be later than the groups in it. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
