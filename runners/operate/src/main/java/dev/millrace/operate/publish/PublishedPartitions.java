package dev.millrace.operate.publish;

import dev.millrace.operate.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What readers find in an output folder, by what lies there and not by what a ledger says. */
public final class PublishedPartitions {
  private PublishedPartitions() {}

  /**
   * The names of all that are whole, whoever has published them; none if the folder isn't there.
   *
   * @throws PublishException if the disk fails
   */
  public static SortedSet<String> in(Path output) {
    return new TreeSet<>(PartitionsOnDisk.in(output).published().keySet());
  }

  /**
   * The manifests of the records of partitions; those that aren't published are absent.
   *
   * @throws PublishException if a manifest can't be read
   */
  public static SortedMap<String, PartitionManifest> of(Path output, List<String> partitions) {
    SortedMap<String, PartitionManifest> published = new TreeMap<>();
    for (String partition : partitions) {
      try {
        Optional<PartitionManifest> manifest =
            PartitionManifest.in(output.resolve(Tables.RECORDS).resolve(partition));
        manifest.ifPresent(each -> published.put(partition, each));
      } catch (IOException e) {
        throw PublishException.of(partition, e);
      }
    }
    return published;
  }
}
