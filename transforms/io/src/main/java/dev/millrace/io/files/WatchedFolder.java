package dev.millrace.io.files;

import dev.millrace.io.InputException;
import dev.millrace.io.InputException.Kind;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * The files that patterns match, as they come: which of them are new, and whether those that were
 * taken are still what they were. Hidden files, whose names start with a dot, don't count: under
 * such names files are written.
 */
final class WatchedFolder {
  private final List<String> patterns;

  /** The files that were taken and are still there, in the order in which they were. */
  private final Map<String, WatchedFile> taken = new LinkedHashMap<>();

  WatchedFolder(List<String> patterns, Collection<WatchedFile> taken) {
    this.patterns = List.copyOf(patterns);
    taken.forEach(this::take);
  }

  /**
   * Checks, at launch, that the folders to watch are there, as far as they are local.
   *
   * @throws InputException if one isn't: waiting for it would be waiting for a typing error
   */
  static void check(List<String> patterns) {
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: input");
    }
    for (String pattern : patterns) {
      if (DatePattern.isDated(pattern)) {
        throw new IllegalArgumentException(
            "Invalid input: %s (expected no {date} where files are watched for)"
                .formatted(pattern));
      }
      String fixed = pattern.replaceFirst("[*?\\[{].*$", "");
      String folder = fixed.substring(0, fixed.lastIndexOf('/') + 1);
      if (!pattern.contains("://") && !Files.isDirectory(Path.of(folder))) {
        throw new InputException(
            Kind.NOT_FOUND, "Cannot watch %s: there is no folder %s".formatted(pattern, folder));
      }
    }
  }

  /**
   * The files that have come since, in the order of their arrival.
   *
   * @throws IOException if one that was taken has changed: what was read of it can't be taken back
   */
  List<WatchedFile> arrived() throws IOException {
    NavigableMap<String, WatchedFile> found = new TreeMap<>();
    for (String pattern : patterns) {
      for (Metadata file : FileMatcher.metadata(pattern)) {
        if (!file.resourceId().isDirectory() && !isHidden(file.resourceId().getFilename())) {
          String path = file.resourceId().toString();
          found.put(path, new WatchedFile(path, file.sizeBytes(), file.lastModifiedMillis()));
        }
      }
    }
    taken.keySet().retainAll(found.keySet());
    List<WatchedFile> arrived = new ArrayList<>();
    for (WatchedFile file : found.values()) {
      WatchedFile before = taken.get(file.path());
      if (before == null) {
        arrived.add(file);
      } else if (!before.equals(file)) {
        throw changed(before);
      }
    }
    arrived.sort(WatchedFile.BY_ARRIVAL);
    return arrived;
  }

  void take(WatchedFile file) {
    taken.put(file.path(), file);
  }

  /** The files that were taken, but for those that are gone. */
  List<WatchedFile> taken() {
    return List.copyOf(taken.values());
  }

  /** How a file is compressed, which only its first bytes tell. */
  static MatchedFile open(WatchedFile file) throws IOException {
    for (Metadata there : FileMatcher.metadata(file.path())) {
      if (there.sizeBytes() != file.bytes()
          || there.lastModifiedMillis() != file.modifiedMillis()) {
        throw changed(file);
      }
      return FileMatcher.open(there);
    }
    throw new IOException("Cannot read %s: it is gone".formatted(file.path()));
  }

  private static boolean isHidden(String name) {
    return name != null && name.startsWith(".");
  }

  private static IOException changed(WatchedFile file) {
    return new IOException(
        "Cannot read %s: it changed after it was found (expected files that are complete when they appear: write them under a name that starts with a dot, then rename)"
            .formatted(file.path()));
  }
}
