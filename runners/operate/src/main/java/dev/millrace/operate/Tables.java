package dev.millrace.operate;

import java.util.List;

/** The tables of a run: the folders that a pipeline stages, and that readers know. */
final class Tables {
  static final String RECORDS = "records";
  static final String AGGREGATES = "aggregates";
  static final String LATE = "late";
  static final String QUARANTINE = "quarantine";

  /** The tables whose partitions a run replaces; the quarantine has a folder for each run. */
  static final List<String> PARTITIONED = List.of(RECORDS, AGGREGATES, LATE);

  /** Every table: the folders that a run publishes from. */
  static final List<String> ALL = List.of(RECORDS, AGGREGATES, LATE, QUARANTINE);

  private Tables() {}
}
