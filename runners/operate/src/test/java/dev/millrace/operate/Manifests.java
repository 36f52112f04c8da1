package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds manifests of small runs; {@link #balanced()} is one that passes every check. */
public final class Manifests {
  public static final String FIRST = "dt=2001-01-01";
  public static final String SECOND = "dt=2001-01-02";

  private final List<WrittenFile> files = new ArrayList<>();
  private final Map<Tally, Long> tallies = new LinkedHashMap<>();

  /** Twenty records of two days, of which three were rejected, and one each ended otherwise. */
  public static Manifests balanced() {
    return new Manifests()
        .count(Tally.of(Disposition.READ), 20)
        .count(Disposition.ACCEPTED, FIRST, 10)
        .count(new Tally(Disposition.PUBLISHED, "", FIRST, 7), 6)
        .count(new Tally(Disposition.PUBLISHED, "", FIRST, 23), 2)
        .count(Disposition.DUPLICATE, FIRST, 1)
        .count(conflict(FIRST), 1)
        .count(Disposition.ACCEPTED, SECOND, 8)
        .count(new Tally(Disposition.PUBLISHED, "", SECOND, 0), 6)
        .count(Disposition.LATE, SECOND, 1)
        .count(Disposition.FILTERED, SECOND, 1)
        .count(new Tally(Disposition.REJECTED, RejectReason.MALFORMED.code(), "", -1), 2)
        .file("records", FIRST, 0, 5)
        .file("records", FIRST, 1, 3)
        .file("records", SECOND, 0, 6)
        .file("aggregates", FIRST, 0, 2)
        .file("late", SECOND, 0, 1)
        .file("quarantine", "reason=conflicting_key", 0, 1)
        .file("quarantine", "reason=malformed", 0, 2);
  }

  public static Tally conflict(String partition) {
    return new Tally(Disposition.REJECTED, RejectReason.CONFLICTING_KEY.code(), partition, -1);
  }

  /** Adds to a count. */
  public Manifests count(Tally tally, long records) {
    tallies.merge(tally, records, Long::sum);
    return this;
  }

  public Manifests count(Disposition disposition, String partition, long records) {
    return count(new Tally(disposition, "", partition, -1), records);
  }

  /** Adds a file of ten bytes a row. */
  public Manifests file(String table, String partition, int number, long rows) {
    String type = table.equals("quarantine") ? "ndjson" : "parquet";
    String path = "%s/%s/part-0000%d.%s".formatted(table, partition, number, type);
    files.add(new WrittenFile(table, partition, path, rows, 10 * rows));
    return this;
  }

  public Manifest manifest() {
    return new Manifest(files, tallies);
  }

  /** What lies in a staging folder that is as the manifest says. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new HashMap<>();
    files.forEach(file -> sizes.put(file.path(), file.bytes()));
    return sizes;
  }
}
