package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import dev.millrace.operate.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Earlier versions of the partitions of an output folder: what publishes have replaced, kept so
 * that it can be rolled back to. All tables of a version of a partition lie together, in {@code
 * _versions/dt=2001-01-15/3/records} and so on.
 */
final class Versions {
  /** Readers pass over folders whose names start so. */
  static final String FOLDER = "_versions";

  private final Path output;
  private final Path root;

  private Versions(Path output) {
    this.output = output;
    this.root = output.resolve(FOLDER);
  }

  static Versions in(Path output) {
    return new Versions(output);
  }

  /** The folder of all of them. */
  Path folder() {
    return root;
  }

  /** The versions of a partition that are kept, by number. */
  NavigableMap<Long, Path> of(String partition) throws IOException {
    NavigableMap<Long, Path> versions = new TreeMap<>();
    Path folder = root.resolve(partition);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> found = Files.list(folder)) {
        found
            .filter(path -> path.getFileName().toString().matches("\\d{1,18}"))
            .forEach(path -> versions.put(Long.valueOf(path.getFileName().toString()), path));
      }
    }
    return versions;
  }

  /**
   * The number of the version of a partition that readers see: the highest of its tables; 0 if
   * there is none, or none with a manifest.
   */
  long current(String partition) throws IOException {
    long version = 0;
    for (String table : tables()) {
      Optional<PartitionManifest> manifest =
          PartitionManifest.in(output.resolve(table).resolve(partition));
      version = Math.max(version, manifest.map(PartitionManifest::version).orElse(0L));
    }
    return version;
  }

  /**
   * A number for what is published next: higher than all before, with one to spare where it
   * replaces something that has none.
   */
  long next(String partition) throws IOException {
    NavigableMap<Long, Path> kept = of(partition);
    if (kept.isEmpty()) {
      return 1 + current(partition);
    }
    return 1 + Math.max(current(partition), kept.lastKey() + (hasUnnumbered(partition) ? 1 : 0));
  }

  private boolean hasUnnumbered(String partition) throws IOException {
    for (String table : tables()) {
      Path folder = output.resolve(table).resolve(partition);
      if (Files.isDirectory(folder) && PartitionManifest.in(folder).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Where a table of a version is kept, from the output folder. */
  static String place(String table, String partition, long version) {
    return "%s/%s/%s/%s".formatted(FOLDER, partition, version, table);
  }

  /** The tables that readers see, by name. */
  List<String> tables() throws IOException {
    try (Stream<Path> folders = Files.list(output)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("_") && !name.equals(Tables.QUARANTINE))
          .sorted()
          .toList();
    }
  }

  /** The partitions that readers see, in any table, and those that have earlier versions. */
  SortedSet<String> partitions() throws IOException {
    SortedSet<String> partitions = new TreeSet<>();
    for (String table : tables()) {
      addPartitions(output.resolve(table), "", partitions);
    }
    addPartitions(root, "", partitions);
    return partitions;
  }

  /** Those are the innermost folders of the form {@code name=value}. */
  private static void addPartitions(Path folder, String name, Set<String> partitions)
      throws IOException {
    boolean innermost = true;
    for (Path child : Folders.children(folder)) {
      String part = child.getFileName().toString();
      if (part.contains("=")) {
        innermost = false;
        addPartitions(child, name.isEmpty() ? part : name + "/" + part, partitions);
      }
    }
    if (innermost && !name.isEmpty()) {
      partitions.add(name);
    }
  }

  /** Deletes all but the latest versions of a partition, and what a rollback has emptied. */
  void prune(String partition, int keep) throws IOException {
    for (Path version : of(partition).values()) {
      Folders.deleteEmpty(version, output);
    }
    List<Path> latestFirst = List.copyOf(of(partition).descendingMap().values());
    for (Path version :
        latestFirst.subList(Math.min(keep, latestFirst.size()), latestFirst.size())) {
      Folders.delete(version);
    }
    Folders.deleteEmpty(root.resolve(partition), output);
  }
}
