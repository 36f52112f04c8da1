package dev.millrace.operate.backfill;

import dev.millrace.ledger.SliceEntry;

/** Is told how a backfill gets on; from several threads, one at a time. */
public interface BackfillProgress {
  /** A slice is being run, or waits for its input. */
  void started(SliceEntry slice);

  /** A slice has ended, as its state says. */
  void ended(SliceEntry slice);
}
