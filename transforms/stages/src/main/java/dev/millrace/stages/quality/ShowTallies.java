package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.RunMetrics;
import dev.millrace.record.Tally;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Shows tallies of an unbounded run as metrics, too: as the sides of the balance, without
 * partitions and hours. What is there is a number for each bundle, so it costs nothing a record.
 */
final class ShowTallies extends DoFn<KV<Tally, Long>, Void> {
  private static final long serialVersionUID = 1L;

  /** Each record is one of these, once it is through; and read before. */
  private static final Set<Disposition> SHOWN =
      EnumSet.of(
          Disposition.READ,
          Disposition.PUBLISHED,
          Disposition.REJECTED,
          Disposition.DUPLICATE,
          Disposition.LATE,
          Disposition.FILTERED);

  @ProcessElement
  public void process(@Element KV<Tally, Long> tally) {
    Tally what = tally.getKey();
    if (what.disposition() == Disposition.REJECTED) {
      RunMetrics.recordsRejected(what.detail()).inc(tally.getValue());
    } else if (SHOWN.contains(what.disposition())) {
      RunMetrics.records(what.disposition()).inc(tally.getValue());
    }
  }
}
