package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.apache.beam.sdk.values.WindowingStrategy.AccumulationMode;
import org.joda.time.Duration;

/**
 * Computes one record for each group of records and window: {@code
 * Aggregate.by(List.of("carrier")).with("count,sum(delay),mean(delay)")}.
 *
 * <p>A result has the group's fields, {@code window_start} and {@code window_end}, and a field a
 * function, in the order asked for: {@code count}, {@code sum_delay}, {@code mean_delay}. Its event
 * time is the window's start, and it has no source; its element keeps the timestamp that Beam gives
 * it, the window's end. The schema is named after the input's, as in {@code flights_aggregate}.
 *
 * <p>Functions: {@code count} counts records, {@code sum}, {@code min}, {@code max} and {@code
 * mean} the values of a field that are not null; without one, they are null. {@code min} and {@code
 * max} take DATE and TIMESTAMP fields too. The result does not depend on the order of the records:
 * sums are exact, however many values there are, and rounded once, to the nearest double. A sum of
 * INTEGER that has no room in 64 bits is null.
 *
 * <p>Three functions answer approximately, in bounded memory, what would else need every value:
 *
 * <ul>
 *   <li>{@code distinct(user)}, as {@code distinct_user}: how many different values a field of any
 *       type has. A HyperLogLog sketch in 16 KiB: the standard error is 0.8 %, and 95 of 100
 *       answers are within 1.6 %; up to a thousand values, it is off by one at most. It was chosen
 *       over Theta and CPC sketches because its registers are maxima, cheap to update and merge.
 *   <li>{@code quantile(delay,0.95)}, as {@code quantile_delay_0_95}: the least value that this
 *       share of the values do not exceed, of INTEGER, NUMBER, DATE and TIMESTAMP fields. Exact up
 *       to 2,048 different values (of integers, below 2<sup>53</sup>). With more, times are off by
 *       at most a 2,048th of the span between the first and the last, and numbers by at most
 *       <i>d</i> / 2,048 of themselves where their magnitudes and signs spread over <i>d</i> powers
 *       of two: 0.5 % for values from 1 to 1,000.
 *   <li>{@code topK(carrier,10)}, as {@code topk_carrier_10}: the most frequent values of a STRING
 *       or INTEGER field, as a STRING of JSON: <code>[{"value":"AA","count":3},...]</code>, the
 *       most frequent first, equals in the order of their text. Exact up to 3,072 different values
 *       in a group. With more, a count is never too low, and too high by less than 0.09 % of the
 *       group's values.
 * </ul>
 *
 * <p>{@code distinct} and {@code quantile} do not depend on the order of the records either, so a
 * slice that is run again gives the same rows. Nor does {@code topK} up to 3,072 different values;
 * <b>with more, its counts, and which values it has at the end of the list, may differ from run to
 * run</b> within the bound above, as no sketch of the most frequent values is independent of the
 * order.
 *
 * <p>The input is windowed, by {@link Windows} for example. Bounded, records are combined in the
 * bundle before the shuffle, which then moves a few blocks of totals a bundle; one of 16 shards of
 * the groups is held in memory at a time. Unbounded, such blocks are kept in state, by shard and
 * window, until the watermark passes its end; the late records of a bundle give the results that
 * they change again, and each pane is a record. In windows that merge, or with triggers other than
 * the default, the runner combines the records of each group.
 */
public final class Aggregate extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private static final int SHARDS = 16;

  private final List<String> by;
  private final List<Function> functions;

  private Aggregate(List<String> by, List<Function> functions) {
    this.by = List.copyOf(by);
    this.functions = functions;
  }

  /** One result for each combination of these fields' values; without fields, one for all. */
  public static Aggregate by(List<String> fields) {
    return new Aggregate(fields, Function.parse("count"));
  }

  /**
   * What to compute, separated by commas: {@code count} (if nothing is given), {@code sum(field)},
   * {@code min(field)}, {@code max(field)}, {@code mean(field)}, {@code distinct(field)}, {@code
   * quantile(field,share)} with a share from 0 to 1, {@code topK(field,number)} with a number from
   * 1 to 1000.
   */
  public Aggregate with(String list) {
    return new Aggregate(by, Function.parse(list));
  }

  /**
   * The schema of the results over records of a schema.
   *
   * @throws IllegalArgumentException if that has no such field, or one that a function doesn't take
   */
  public RecordSchema schemaOver(RecordSchema records) {
    return AggregatePlan.of(records, by, functions).output();
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> records) {
    AggregatePlan plan = AggregatePlan.of(RecordCoder.schemaOf(records), by, functions);
    checkWindows(records);
    PCollection<Record> results;
    if (!records.getWindowingStrategy().getWindowFn().isNonMerging()) {
      results = byGroup(records, plan);
    } else if (records.isBounded() == IsBounded.BOUNDED) {
      results = inShards(records, plan);
    } else {
      results = firesByTimeAlone(records) ? inState(records, plan) : byGroup(records, plan);
    }
    return results.setCoder(RecordCoder.of(plan.output()));
  }

  /** Whether panes are those of {@link Windows} without early firings. */
  private static boolean firesByTimeAlone(PCollection<Record> records) {
    WindowingStrategy<?, ?> windowing = records.getWindowingStrategy();
    boolean firesOnce = windowing.getAllowedLateness().equals(Duration.ZERO);
    boolean accumulates =
        windowing.getMode() == AccumulationMode.ACCUMULATING_FIRED_PANES
            && windowing.getClosingBehavior() == ClosingBehavior.FIRE_ALWAYS;
    return windowing.getTrigger() instanceof DefaultTrigger && (firesOnce || accumulates);
  }

  /** Few large elements through the shuffle, and no timers: what batch runners do best. */
  private static PCollection<Record> inShards(PCollection<Record> records, AggregatePlan plan) {
    return records
        .apply("CombineInBundle", ParDo.of(CombineInBundle.inShards(plan, SHARDS)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Globally",
            Window.<KV<Integer, byte[]>>into(new GlobalWindows())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("GroupByShard", GroupByKey.create())
        .apply("CombineShard", ParDo.of(new CombineShard(plan)))
        .setWindowingStrategyInternal(records.getWindowingStrategy());
  }

  /** A write to state for the records of a bundle, shard and window, and a timer for the last. */
  private static PCollection<Record> inState(PCollection<Record> records, AggregatePlan plan) {
    Duration lateness = records.getWindowingStrategy().getAllowedLateness();
    return records
        .apply("CombineInBundle", ParDo.of(CombineInBundle.inWindows(plan, SHARDS)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply("CombineInState", ParDo.of(new CombineInState(plan, lateness)));
  }

  /** The runner's own combining, which knows panes, triggers and windows that merge. */
  private static PCollection<Record> byGroup(PCollection<Record> records, AggregatePlan plan) {
    return records
        .apply("KeyByGroup", ParDo.of(new KeyByGroup(plan)))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), records.getCoder()))
        .apply("Combine", Combine.perKey(new CombineTotals(plan)))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), plan.totalsCoder()))
        .apply("ToRecords", ParDo.of(new ToRecords(plan)));
  }

  private static void checkWindows(PCollection<Record> records) {
    WindowFn<?, ?> windows = records.getWindowingStrategy().getWindowFn();
    if (!(windows.windowCoder() instanceof IntervalWindow.IntervalWindowCoder)) {
      throw new IllegalArgumentException(
          "Cannot aggregate in windows of %s: a result needs its window's start and end (expected windows of time: apply Windows before Aggregate)"
              .formatted(windows));
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("by", String.join(",", by)))
        .add(
            DisplayData.item(
                "with",
                functions.stream().map(Function::toString).collect(Collectors.joining(","))));
  }
}
