package dev.millrace.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders that runs write to. */
final class Folders {
  /** Marks a folder that Millrace has made, and may replace files in. */
  public static final String MARKER = ".millrace";

  private static final String MARKER_TEXT =
      "Millrace publishes to this folder and replaces partitions in it. Keep this file.\n";

  private Folders() {}

  /**
   * Makes a folder, or takes one that Millrace has made before.
   *
   * @throws IllegalArgumentException if it holds files that Millrace has not written
   * @throws RunFailedException if it can't be written
   */
  static void claim(Path folder) {
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new IllegalArgumentException("Cannot write to %s: it is a file".formatted(folder));
      }
      if (Files.isDirectory(folder)
          && !Files.isRegularFile(folder.resolve(MARKER))
          && !children(folder).isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)"
                .formatted(folder));
      }
      Files.createDirectories(folder);
      if (!Files.isRegularFile(folder.resolve(MARKER))) {
        Files.writeString(folder.resolve(MARKER), MARKER_TEXT);
      }
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Makes an empty folder, in place of what is there. */
  static void recreate(Path folder) {
    try {
      delete(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Makes a folder, and keeps what is in it. */
  static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Deletes a folder and all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  private static RunFailedException cannotWrite(Path folder, IOException e) {
    return new RunFailedException("Cannot write to %s: %s".formatted(folder, Reason.of(e)), e);
  }
}
