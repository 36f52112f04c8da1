package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.Partitioning;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Tally;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts rejects by reason, and by partition where the event time is known; the partition is empty
 * where it is not. Any windows; the counts are at the end of the reject's window, if each has one,
 * and otherwise of the global one. They are parts, a bundle's each, to be added up.
 *
 * <p>Those {@link #ofOtherSlices} are counted as filtered. What became of accepted records adds up
 * by partition, and a filtered record was accepted before; so a reject that wasn't is counted as
 * accepted, too, when it is filtered.
 */
public final class TallyRejects
    extends PTransform<PCollection<Rejected>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final Partitioning partitioning;
  private final boolean filtered;

  private TallyRejects(Partitioning partitioning, boolean filtered) {
    this.partitioning = partitioning;
    this.filtered = filtered;
  }

  /** Counts rejects by reason and partition. */
  public static TallyRejects by(Partitioning partitioning) {
    return new TallyRejects(partitioning, false);
  }

  /** Counts what is left to runs of other intervals, and not quarantined by this one. */
  public TallyRejects ofOtherSlices() {
    return new TallyRejects(partitioning, true);
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Rejected> rejects) {
    return rejects.apply("Count", new CountPerBundle<>(new CountRejects(partitioning, filtered)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("by", partitioning.name()))
        .addIfNotDefault(DisplayData.item("ofOtherSlices", filtered), false);
  }

  private static final class CountRejects extends DoFn<Rejected, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    private final Partitioning partitioning;
    private final boolean filtered;
    private transient PerWindow<Map<Tally, Long>> counts;

    CountRejects(Partitioning partitioning, boolean filtered) {
      this.partitioning = partitioning;
      this.filtered = filtered;
    }

    @StartBundle
    public void start() {
      counts = new PerWindow<>(HashMap::new);
    }

    @ProcessElement
    public void process(@Element Rejected rejected, BoundedWindow window) {
      String partition =
          rejected.eventTimeMillis().isPresent()
              ? partitioning.name(partitioning.bucket(rejected.eventTimeMillis().getAsLong()))
              : "";
      if (!filtered) {
        count(new Tally(Disposition.REJECTED, rejected.reason().code(), partition, -1), window);
        return;
      }
      count(new Tally(Disposition.FILTERED, "", partition, -1), window);
      if (rejected.reason() != RejectReason.CONFLICTING_KEY) {
        count(new Tally(Disposition.ACCEPTED, "", partition, -1), window);
      }
    }

    private void count(Tally tally, BoundedWindow window) {
      counts.in(window).merge(tally, 1L, Long::sum);
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.forEach(
          (window, tallies) ->
              tallies.forEach(
                  (tally, count) -> CountPerBundle.output(context, window, tally, count)));
    }
  }
}
