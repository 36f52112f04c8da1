package dev.millrace.operate;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.io.table.Manifest;
import dev.millrace.ledger.Counts;
import dev.millrace.record.Disposition;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of the records that a run read. Published and rejected are the rows of the files that
 * the run wrote; the rest are counts that travelled with the records.
 *
 * @param read the records that the input holds
 * @param published the rows of the published table
 * @param rejected the rows in the quarantine
 * @param duplicates the exact copies of records that were kept
 * @param late the records behind the watermark by more than the allowed lateness
 * @param filtered the records outside of the interval that was asked for
 */
public record Balance(
    long read, long published, long rejected, long duplicates, long late, long filtered) {

  /** What a manifest says became of the records. */
  public static Balance of(Manifest manifest) {
    return new Balance(
        manifest.count(Disposition.READ),
        manifest.rows(Tables.RECORDS),
        manifest.rows(Tables.QUARANTINE),
        manifest.count(Disposition.DUPLICATE),
        manifest.count(Disposition.LATE),
        manifest.count(Disposition.FILTERED));
  }

  /** The records whose end is known. */
  public long accounted() {
    return published + rejected + duplicates + late + filtered;
  }

  /** As the ledger keeps it. */
  public Counts counts() {
    return new Counts(read, published, rejected, duplicates, late, filtered);
  }

  /** The right side of the balance: {@code 8 published + 1 rejected + ...}. */
  public String outcomes() {
    return outcomes(RunState.PUBLISHED);
  }

  /** The same of a run that may not be published. */
  public String outcomes(RunState state) {
    return Stream.of(
            count(published) + " " + state.written(),
            count(rejected) + " rejected",
            count(duplicates) + " duplicate",
            count(late) + " late",
            count(filtered) + " filtered")
        .collect(Collectors.joining(" + "));
  }
}
