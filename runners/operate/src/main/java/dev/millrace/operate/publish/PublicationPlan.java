package dev.millrace.operate.publish;

import dev.millrace.operate.JsonFiles;
import dev.millrace.operate.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a publish is to swap, written down in its staging folder before it begins: from this, and
 * from where folders lie, it can be undone or finished by anybody after its process was killed.
 *
 * @param run the run, or what else publishes
 * @param keepVersions how many earlier versions of each partition are kept
 * @param swaps in the order in which they are run
 */
record PublicationPlan(String run, int keepVersions, List<PlannedSwap> swaps) {
  static final String FILE_NAME = "publication.json";

  PublicationPlan {
    swaps = List.copyOf(swaps);
  }

  /** The plan in a staging folder; none if its run isn't ready to be published. */
  static Optional<PublicationPlan> in(Path staging) throws IOException {
    Path file = staging.resolve(FILE_NAME);
    return Files.exists(file)
        ? Optional.of(JsonFiles.read(file, PublicationPlan.class))
        : Optional.empty();
  }

  PublicationPlan withSwaps(List<PlannedSwap> swaps) {
    return new PublicationPlan(run, keepVersions, swaps);
  }

  /** The same for another output: what goes outside of this one goes where it would have gone. */
  PublicationPlan from(Path output) {
    return withSwaps(swaps.stream().map(swap -> swap.from(output)).toList());
  }

  void writeTo(Path staging) throws IOException {
    JsonFiles.write(staging.resolve(FILE_NAME), this);
  }

  /**
   * One folder that takes the place of another, or of none, or only goes away.
   *
   * @param table the table
   * @param partition the partition
   * @param source the folder, from the staging folder; null if one only goes away
   * @param target its place, from the output folder; absolute if that is elsewhere
   * @param run the run that wrote the source; null without one
   * @param aside where what is there goes, from the output folder; null until the publish begins
   */
  record PlannedSwap(
      String table, String partition, String source, String target, String run, String aside) {
    static PlannedSwap in(
        String table, String partition, String source, String target, String run) {
      return new PlannedSwap(table, partition, source, target, run, null);
    }

    static PlannedSwap out(String table, String partition) {
      return new PlannedSwap(table, partition, null, table + "/" + partition, null, null);
    }

    private PlannedSwap from(Path output) {
      Path absolute = output.resolve(target).normalize();
      return absolute.startsWith(output)
          ? this
          : new PlannedSwap(table, partition, source, absolute.toString(), run, aside);
    }

    PlannedSwap withAside(String aside) {
      return new PlannedSwap(table, partition, source, target, run, aside);
    }

    /** Such as {@code records/dt=2001-01-15}; the quarantine has no partitions of its own. */
    String name() {
      return table.equals(Tables.QUARANTINE) ? table : table + "/" + partition;
    }
  }
}
