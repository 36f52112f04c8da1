package dev.millrace.operate.publish;

import dev.millrace.io.ReadException;
import dev.millrace.operate.Folders;
import dev.millrace.operate.diff.PartitionPair;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a partition, published and staged, as they are when they are first looked at. */
final class SwapFiles {
  private final PlannedSwap swap;
  private final Path published;
  private final Optional<Path> staged;
  private final SortedMap<String, Seen> publishedFiles;
  private final SortedMap<String, Seen> stagedFiles;

  /** What tells a file from another that comes in its place. */
  private record Seen(long bytes, FileTime modified) {}

  private SwapFiles(PlannedSwap swap, Path published, Optional<Path> staged) throws IOException {
    this.swap = swap;
    this.published = published;
    this.staged = staged;
    this.publishedFiles = files(published);
    this.stagedFiles = staged.isPresent() ? files(staged.get()) : new TreeMap<>();
  }

  static SwapFiles of(Path staging, Path output, PlannedSwap swap) throws IOException {
    return new SwapFiles(
        swap,
        output.resolve(swap.target()),
        Optional.ofNullable(swap.source()).map(staging::resolve));
  }

  /** Those with rows that readers see, by name. */
  private static SortedMap<String, Seen> files(Path folder) throws IOException {
    SortedMap<String, Seen> files = new TreeMap<>();
    for (Map.Entry<String, Long> file : Folders.sizes(folder).entrySet()) {
      String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
      if (file.getValue() > 0 && !name.startsWith(".") && !name.startsWith("_")) {
        Path path = folder.resolve(file.getKey());
        files.put(file.getKey(), new Seen(file.getValue(), Files.getLastModifiedTime(path)));
      }
    }
    return files;
  }

  /** One of the staged files, if there is any. */
  Optional<Path> anyStaged() {
    return staged
        .filter(folder -> !stagedFiles.isEmpty())
        .map(folder -> folder.resolve(stagedFiles.firstKey()));
  }

  /** Both sides, without the files that are the same on both. */
  PartitionPair pair() throws IOException {
    SortedMap<String, Seen> before = new TreeMap<>(publishedFiles);
    SortedMap<String, Seen> after = new TreeMap<>(stagedFiles);
    long same = 0;
    for (PublishedFile file : manifestFiles()) {
      if (isSame(file.name())) {
        before.remove(file.name());
        after.remove(file.name());
        same += file.rows();
      }
    }
    return new PartitionPair(
        swap.partition(),
        before.keySet().stream().map(published::resolve).toList(),
        after.keySet().stream().map(file -> staged.orElseThrow().resolve(file)).toList(),
        same,
        staged.isEmpty());
  }

  /** How many rows a file of a staged partition has is in its manifest. */
  private List<PublishedFile> manifestFiles() throws IOException {
    return staged.isPresent()
        ? PartitionManifest.in(staged.get()).map(PartitionManifest::files).orElse(List.of())
        : List.of();
  }

  private boolean isSame(String name) throws IOException {
    Seen before = publishedFiles.get(name);
    Seen after = stagedFiles.get(name);
    return before != null
        && after != null
        && before.bytes == after.bytes
        && Files.mismatch(published.resolve(name), staged.orElseThrow().resolve(name)) < 0;
  }

  /**
   * Checks that nobody has published one of the sides in the meantime.
   *
   * @param failure what that may have led to; null if it didn't
   * @throws ReadException if somebody has
   */
  void checkUnchanged(RuntimeException failure) throws IOException {
    SwapFiles now = new SwapFiles(swap, published, staged);
    if (!now.publishedFiles.equals(publishedFiles) || !now.stagedFiles.equals(stagedFiles)) {
      throw new ReadException(
          "Cannot compare %s: another has published it meanwhile (compare again)"
              .formatted(swap.name()),
          failure);
    }
  }
}
