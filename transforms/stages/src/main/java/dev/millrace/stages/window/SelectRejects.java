package dev.millrace.stages.window;

import dev.millrace.record.Rejected;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Instant;

/**
 * Keeps the rejects of a logical interval {@code [from, to)}, and sets the others apart so that
 * they can be counted: of runs over adjacent intervals that read the same reject, one keeps it.
 *
 * <p>A reject happened at its event time, if that was found out; else when its source is said to
 * have been. Where neither is known it is kept, in each interval. Bounded or unbounded; timestamps
 * and windows are left as they are. Where both ends are open it is no step at all.
 */
public final class SelectRejects extends PTransform<PCollection<Rejected>, Selection<Rejected>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Rejected> INSIDE = new TupleTag<>("inside") {};
  private static final TupleTag<Rejected> OUTSIDE = new TupleTag<>("outside") {};

  private final long fromMillis;
  private final long toMillis;
  private final Map<String, Long> sourceMillis;

  private SelectRejects(long fromMillis, long toMillis, Map<String, Long> sourceMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.sourceMillis = Map.copyOf(sourceMillis);
  }

  /**
   * The interval that starts at {@code from} and ends before {@code to}; the least and the greatest
   * instant there are stand for open ends.
   */
  public static SelectRejects of(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Invalid interval: %s to %s (expected a start before its end)".formatted(from, to));
    }
    return new SelectRejects(from.getMillis(), to.getMillis(), Map.of());
  }

  /** When rejects without an event time happened, by their source. */
  public SelectRejects withTimesOfSources(Map<String, java.time.Instant> times) {
    Map<String, Long> millis = new HashMap<>();
    times.forEach((source, time) -> millis.put(source, time.toEpochMilli()));
    return new SelectRejects(fromMillis, toMillis, millis);
  }

  @Override
  public Selection<Rejected> expand(PCollection<Rejected> rejects) {
    if (fromMillis == Long.MIN_VALUE && toMillis == Long.MAX_VALUE) {
      return new Selection<>(rejects, Optional.empty());
    }
    PCollectionTuple selected =
        rejects.apply(
            "Compare",
            ParDo.of(new Compare(fromMillis, toMillis, sourceMillis))
                .withOutputTags(INSIDE, TupleTagList.of(OUTSIDE)));
    Rejected.RejectedCoder coder = Rejected.RejectedCoder.of();
    return new Selection<>(
        selected.get(INSIDE).setCoder(coder), Optional.of(selected.get(OUTSIDE).setCoder(coder)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("from", Instant.ofEpochMilli(fromMillis)))
        .add(DisplayData.item("to", Instant.ofEpochMilli(toMillis)))
        .add(DisplayData.item("timesOfSources", sourceMillis.size()));
  }

  private static final class Compare extends DoFn<Rejected, Rejected> {
    private static final long serialVersionUID = 1L;

    private final long fromMillis;
    private final long toMillis;
    private final Map<String, Long> sourceMillis;

    Compare(long fromMillis, long toMillis, Map<String, Long> sourceMillis) {
      this.fromMillis = fromMillis;
      this.toMillis = toMillis;
      this.sourceMillis = sourceMillis;
    }

    @ProcessElement
    public void process(@Element Rejected rejected, MultiOutputReceiver outputs) {
      outputs.get(isInside(time(rejected)) ? INSIDE : OUTSIDE).output(rejected);
    }

    private OptionalLong time(Rejected rejected) {
      if (rejected.eventTimeMillis().isPresent()) {
        return rejected.eventTimeMillis();
      }
      Long time = sourceMillis.get(rejected.raw().source());
      return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }

    private boolean isInside(OptionalLong time) {
      return time.isEmpty() || (fromMillis <= time.getAsLong() && time.getAsLong() < toMillis);
    }
  }
}
