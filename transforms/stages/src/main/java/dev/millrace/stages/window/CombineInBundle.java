package dev.millrace.stages.window;

import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
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

  private interface Output {
    void accept(KV<Integer, byte[]> block, Instant time, BoundedWindow window);
  }

  private static final int MOST_GROUPS = 1 << 16;
  private static final int MOST_LARGE_GROUPS = 1 << 10;

  private final AggregatePlan plan;
  private final int shards;
  private final boolean byWindow;
  private final int mostGroups;
  private final int[] measureFields;
  private transient KeyBytes group;
  private transient GroupTable table;
  private transient Instant earliest;
  private transient IntervalWindow anyWindow;

  private CombineInBundle(AggregatePlan plan, int shards, boolean byWindow) {
    this.plan = plan;
    this.shards = shards;
    this.byWindow = byWindow;
    this.mostGroups =
        plan.measures().stream().anyMatch(Measure::isLarge) ? MOST_LARGE_GROUPS : MOST_GROUPS;
    this.measureFields = plan.measureFields();
  }

  /** A block of a shard has the groups of all windows, for {@link CombineShard}. */
  static CombineInBundle inShards(AggregatePlan plan, int shards) {
    return new CombineInBundle(plan, shards, false);
  }

  /** A block of a shard has the groups of one window and is in it, for {@link CombineInState}. */
  static CombineInBundle inWindows(AggregatePlan plan, int shards) {
    return new CombineInBundle(plan, shards, true);
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
      take(
          (block, time, of) ->
              output.outputWindowedValue(block, time, List.of(of), PaneInfo.NO_FIRING));
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
    take(context::output);
  }

  private void take(Output output) {
    if (byWindow) {
      takeByWindow(output);
    } else {
      takeByShard(output);
    }
    clear();
  }

  private void takeByShard(Output output) {
    GroupBlocks blocks = new GroupBlocks(shards, plan.totalsCoder());
    table.forEach(blocks::add);
    for (int shard = 0; shard < shards; shard++) {
      byte[] block = blocks.block(shard);
      if (block != null) {
        output.accept(KV.of(shard, block), earliest, anyWindow);
      }
    }
  }

  private void takeByWindow(Output output) {
    TotalsCoder coder = plan.totalsCoder();
    Map<IntervalWindow, ByteArrayOutputStream[]> blocks = new LinkedHashMap<>();
    table.forEach(
        group -> {
          ByteArrayOutputStream[] ofShards =
              blocks.computeIfAbsent(group.window(), first -> new ByteArrayOutputStream[shards]);
          int shard = group.shard(shards);
          if (ofShards[shard] == null) {
            ofShards[shard] = PaneGroups.block(PaneGroups.ON_TIME);
          }
          PaneGroups.write(group.key(), 0, group.totals(), coder, ofShards[shard]);
        });
    blocks.forEach(
        (window, ofShards) -> {
          for (int shard = 0; shard < shards; shard++) {
            if (ofShards[shard] != null) {
              byte[] block = ofShards[shard].toByteArray();
              output.accept(KV.of(shard, block), window.maxTimestamp(), window);
            }
          }
        });
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
