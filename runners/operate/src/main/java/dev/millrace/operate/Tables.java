package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.WrittenFile;
import java.util.List;
import java.util.stream.Stream;

/** The tables of a run: the folders that a pipeline stages, and that readers know. */
public final class Tables {
  /** The records that a run publishes. */
  public static final String RECORDS = "records";

  /** The results of its windows. */
  public static final String AGGREGATES = "aggregates";

  /** The records that came too late. */
  public static final String LATE = "late";

  /** The records that were rejected. */
  public static final String QUARANTINE = "quarantine";

  /** The tables that the report has sections for, in their order. */
  private static final List<String> FIRST = List.of(RECORDS, AGGREGATES, LATE);

  private Tables() {}

  /**
   * The tables whose partitions a run replaces: those that the report knows, then the pipeline's
   * own, by name. The quarantine is not among them: it has a folder for each run.
   */
  public static List<String> partitioned(Manifest manifest) {
    Stream<String> own =
        manifest.files().stream()
            .map(WrittenFile::table)
            .filter(table -> !table.equals(QUARANTINE))
            .sorted();
    return Stream.concat(FIRST.stream(), own).distinct().toList();
  }

  /** Every table: the folders that a run publishes from. */
  public static List<String> all(Manifest manifest) {
    return Stream.concat(partitioned(manifest).stream(), Stream.of(QUARANTINE)).toList();
  }
}
