package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.RunMetrics;
import dev.millrace.record.Tally;
import java.util.EnumSet;
import java.util.Set;

/**
 * Shows tallies as metrics, too: the sides of the balance, without partitions and hours. It is done
 * where a bundle's counts are output and not behind that, for a runner may keep what a bundle
 * outputs at a checkpoint until the next one starts.
 */
final class ShownTally {
  /** Each record is one of these, once it is through; and read before. */
  private static final Set<Disposition> SHOWN =
      EnumSet.of(
          Disposition.READ,
          Disposition.PUBLISHED,
          Disposition.REJECTED,
          Disposition.DUPLICATE,
          Disposition.LATE,
          Disposition.FILTERED);

  private ShownTally() {}

  static void show(Tally tally, long count) {
    if (tally.disposition() == Disposition.REJECTED) {
      RunMetrics.recordsRejected(tally.detail()).inc(count);
    } else if (SHOWN.contains(tally.disposition())) {
      RunMetrics.records(tally.disposition()).inc(count);
    }
  }
}
