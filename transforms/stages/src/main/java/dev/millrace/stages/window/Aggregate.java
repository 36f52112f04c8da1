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
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

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
 * <p>The input is windowed, by {@link Windows} for example. Bounded, records are combined in the
 * bundle before the shuffle, which then moves a few blocks of totals a bundle; one of 16 shards of
 * the groups is held in memory at a time. Unbounded, or in windows that merge, the runner combines
 * them; then each pane is a record.
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
   * {@code min(field)}, {@code max(field)}, {@code mean(field)}.
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
    boolean inShards =
        records.isBounded() == IsBounded.BOUNDED
            && records.getWindowingStrategy().getWindowFn().isNonMerging();
    return (inShards ? inShards(records, plan) : byGroup(records, plan))
        .setCoder(RecordCoder.of(plan.output()));
  }

  /** Few large elements through the shuffle, and no timers: what batch runners do best. */
  private static PCollection<Record> inShards(PCollection<Record> records, AggregatePlan plan) {
    return records
        .apply("CombineInBundle", ParDo.of(new CombineInBundle(plan, SHARDS)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Globally",
            Window.<KV<Integer, byte[]>>into(new GlobalWindows())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("GroupByShard", GroupByKey.create())
        .apply("CombineShard", ParDo.of(new CombineShard(plan)))
        .setWindowingStrategyInternal(records.getWindowingStrategy());
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
