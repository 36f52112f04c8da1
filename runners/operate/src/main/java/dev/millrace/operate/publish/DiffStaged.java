package dev.millrace.operate.publish;

import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.operate.Tables;
import dev.millrace.operate.diff.RowDiff;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares what a staged run has in a table with what is published, in the partitions that
 * publishing the run would replace or take away: row by row, as {@link RowDiff} does, which says
 * how much memory that takes. Changes nothing, and takes no lock: others may publish meanwhile,
 * which is noticed.
 */
public final class DiffStaged {
  private final Path output;
  private final String runId;
  private final String table;
  private final List<String> key;
  private final int samples;

  private DiffStaged(Path output, String runId, String table, List<String> key, int samples) {
    this.output = output;
    this.runId = runId;
    this.table = table;
    this.key = List.copyOf(key);
    this.samples = samples;
  }

  /** Compares whole rows of the table {@code records}, with three samples of each difference. */
  public static DiffStaged of(Path output, String runId) {
    return new DiffStaged(output.toAbsolutePath().normalize(), runId, Tables.RECORDS, List.of(), 3);
  }

  /** Compares another table. */
  public DiffStaged withTable(String table) {
    return new DiffStaged(output, runId, table, key, samples);
  }

  /** Takes rows with the same values of these fields for the same row, which may have changed. */
  public DiffStaged withKey(List<String> fields) {
    return new DiffStaged(output, runId, table, fields, samples);
  }

  /** Sets how many rows to show that were added, removed, and changed. */
  public DiffStaged withSamples(int samples) {
    return new DiffStaged(output, runId, table, key, samples);
  }

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if there is no such run, table or field, or there can't be so
   *     many samples
   * @throws ReadException if a file can't be read, or another publishes what is compared
   * @throws PublishException if what a killed publish has left behind can't be recovered
   */
  public StagedDiff execute() {
    RowDiff diff = RowDiff.by(key, samples);
    Recovery.of(output).run();
    try {
      StagedPlan staged = StagedPlan.of(output, runId);
      checkTable(staged.plan());
      List<PlannedSwap> swaps = swaps(staged.plan());
      checkKey(staged.folder(), swaps, diff);
      for (PlannedSwap swap : swaps) {
        compare(staged.folder(), swap, diff);
      }
    } catch (IOException e) {
      throw new ReadException("Cannot compare %s: %s".formatted(runId, e.getMessage()), e);
    }
    return new StagedDiff(runId, output, table, diff);
  }

  private void checkTable(PublicationPlan plan) {
    SortedSet<String> tables = new TreeSet<>();
    for (PlannedSwap swap : plan.swaps()) {
      if (swap.source() != null || Files.exists(output.resolve(swap.target()))) {
        tables.add(swap.table());
      }
    }
    tables.remove(Tables.QUARANTINE);
    if (!tables.contains(table)) {
      throw new IllegalArgumentException(
          "Invalid table: %s (expected %s)"
              .formatted(
                  table,
                  tables.isEmpty() ? "one of the run, which has none" : String.join(", ", tables)));
    }
  }

  private List<PlannedSwap> swaps(PublicationPlan plan) {
    return plan.swaps().stream()
        .filter(swap -> swap.table().equals(table))
        .filter(swap -> swap.source() != null || Files.exists(output.resolve(swap.target())))
        .sorted(Comparator.comparing(PlannedSwap::partition))
        .toList();
  }

  /** Also where all files are the same, and so none would be read. */
  private void checkKey(Path staging, List<PlannedSwap> swaps, RowDiff diff) throws IOException {
    for (PlannedSwap swap : swaps) {
      Optional<Path> staged = SwapFiles.of(staging, output, swap).anyStaged();
      if (staged.isPresent()) {
        diff.checkKey(staged.get());
        return;
      }
    }
  }

  private void compare(Path staging, PlannedSwap swap, RowDiff diff) throws IOException {
    SwapFiles files = SwapFiles.of(staging, output, swap);
    try {
      diff.compare(files.pair());
    } catch (InputException | ReadException e) {
      files.checkUnchanged(e);
      throw e;
    }
    files.checkUnchanged(null);
  }
}
