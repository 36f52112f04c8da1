package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.Partitioning;
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
 */
public final class TallyRejects
    extends PTransform<PCollection<Rejected>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final Partitioning partitioning;

  private TallyRejects(Partitioning partitioning) {
    this.partitioning = partitioning;
  }

  /** Counts rejects by reason and partition. */
  public static TallyRejects by(Partitioning partitioning) {
    return new TallyRejects(partitioning);
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Rejected> rejects) {
    return rejects.apply("Count", new CountPerBundle<>(new CountRejects(partitioning)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("by", partitioning.name()));
  }

  private static final class CountRejects extends DoFn<Rejected, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    private final Partitioning partitioning;
    private transient PerWindow<Map<Tally, Long>> counts;

    CountRejects(Partitioning partitioning) {
      this.partitioning = partitioning;
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
      Tally tally = new Tally(Disposition.REJECTED, rejected.reason().code(), partition, -1);
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
