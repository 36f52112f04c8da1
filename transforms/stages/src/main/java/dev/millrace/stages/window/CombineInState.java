package dev.millrace.stages.window;

import dev.millrace.record.Record;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Keeps the blocks of a shard and window until the watermark passes the window's end, and gives out
 * a result for each group then; again, for the groups that a late block has changed, at once; and a
 * last time for all when the allowed lateness is over. Where that is over at once, the first
 * results are the last.
 *
 * <p>A block is added to the state without reading it, which costs one write for all the records of
 * a bundle, shard and window. Blocks are merged into one when what has come since the last merge is
 * as large as what was there, so that state stays within twice the size of its groups, and a few
 * kilobytes; a group is merged a number of times that grows with the logarithm of its records.
 */
final class CombineInState extends DoFn<KV<Integer, byte[]>, Record> {
  private static final long serialVersionUID = 1L;

  /** Of blocks, below which merging them isn't worth it. */
  private static final int FEW_BYTES = 1 << 14;

  @StateId("blocks")
  private final StateSpec<BagState<byte[]>> blocksSpec = StateSpecs.bag(ByteArrayCoder.of());

  @TimerId("pane")
  private final TimerSpec paneSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId("last")
  private final TimerSpec lastSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final AggregatePlan plan;
  private final Duration allowedLateness;
  private transient Map<KV<Integer, BoundedWindow>, Kept> kept;

  /** What the state of a shard and window holds, as far as this instance has seen it. */
  private static final class Kept {
    private long merged;
    private long added;
    private boolean timersAreSet;
  }

  CombineInState(AggregatePlan plan, Duration allowedLateness) {
    this.plan = plan;
    this.allowedLateness = allowedLateness;
  }

  @Setup
  public void setUp() {
    kept = new HashMap<>();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, byte[]> element,
      BoundedWindow window,
      @StateId("blocks") BagState<byte[]> blocks,
      @TimerId("pane") Timer pane,
      @TimerId("last") Timer last,
      OutputReceiver<Record> results) {
    Kept shard = kept.computeIfAbsent(KV.of(element.getKey(), window), unknown -> new Kept());
    if (pane.getCurrentRelativeTime().isAfter(window.maxTimestamp())) {
      blocks.add(PaneGroups.late(element.getValue()));
      fire(window, blocks, results);
    } else {
      add(element.getValue(), blocks, shard);
      if (!shard.timersAreSet && !allowedLateness.equals(Duration.ZERO)) {
        pane.set(window.maxTimestamp());
      }
    }
    if (!shard.timersAreSet) {
      shard.timersAreSet = true;
      last.set(lastTime(window));
    }
  }

  private void add(byte[] block, BagState<byte[]> blocks, Kept shard) {
    blocks.add(block);
    shard.added += block.length;
    if (shard.added > Math.max(FEW_BYTES, shard.merged)) {
      merge(blocks, shard);
    }
  }

  private Instant lastTime(BoundedWindow window) {
    return window.maxTimestamp().plus(allowedLateness);
  }

  private void merge(BagState<byte[]> blocks, Kept shard) {
    PaneGroups groups = PaneGroups.of(blocks.read(), plan);
    if (!groups.haveFired()) {
      byte[] merged = groups.onTime();
      blocks.clear();
      blocks.add(merged);
      shard.merged = merged.length;
      shard.added = 0;
    }
  }

  @OnTimer("pane")
  public void pane(
      @Key Integer shard,
      BoundedWindow window,
      @StateId("blocks") BagState<byte[]> blocks,
      @TimerId("last") Timer last,
      OutputReceiver<Record> results) {
    kept.remove(KV.of(shard, window));
    if (last.getCurrentRelativeTime().isBefore(lastTime(window))) {
      fire(window, blocks, results);
    }
  }

  private void fire(BoundedWindow window, BagState<byte[]> blocks, OutputReceiver<Record> results) {
    PaneGroups groups = PaneGroups.of(blocks.read(), plan);
    output(groups, PaneGroups.Group::isChanged, window, false, results);
    blocks.clear();
    blocks.add(groups.fired());
  }

  @OnTimer("last")
  public void last(
      @Key Integer shard,
      BoundedWindow window,
      @StateId("blocks") BagState<byte[]> blocks,
      OutputReceiver<Record> results) {
    output(PaneGroups.of(blocks.read(), plan), group -> true, window, true, results);
    blocks.clear();
    kept.remove(KV.of(shard, window));
  }

  private void output(
      PaneGroups groups,
      Predicate<PaneGroups.Group> which,
      BoundedWindow window,
      boolean last,
      OutputReceiver<Record> results) {
    Instant end = window.maxTimestamp();
    for (PaneGroups.Group group : groups.all()) {
      if (which.test(group)) {
        Record result = plan.result(group.key(), (IntervalWindow) window, group.totals());
        results.outputWindowedValue(result, end, List.of(window), paneOf(group, last));
      }
    }
  }

  private static PaneInfo paneOf(PaneGroups.Group group, boolean last) {
    PaneInfo.Timing timing = group.isOnTime() ? PaneInfo.Timing.ON_TIME : PaneInfo.Timing.LATE;
    return PaneInfo.createPane(group.panes() == 0, last, timing, group.panes(), group.panes());
  }

  /** Results have the time of their window's end, and the last ones come long after that. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
