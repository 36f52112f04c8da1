package dev.millrace.operate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The folders that runs are published to, which Millrace marks when it makes them. */
public final class OutputFolder {
  /** As the launcher marks them. */
  private static final String MARKER = ".millrace";

  private static final String MARKER_TEXT =
      "Millrace publishes to this folder and replaces partitions in it. Keep this file.\n";

  private OutputFolder() {}

  /**
   * A folder that runs have been published to, or staged in.
   *
   * @return its absolute path
   * @throws IllegalArgumentException if it is none
   */
  public static Path existing(Path folder) {
    Path output = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(output)) {
      throw new IllegalArgumentException(
          "Invalid output: %s (expected the output folder of a run, and there is no folder)"
              .formatted(folder));
    }
    if (!Files.isRegularFile(output.resolve(MARKER))) {
      throw new IllegalArgumentException(
          "Invalid output: %s (expected the output folder of a run, and Millrace has not made it)"
              .formatted(folder));
    }
    return output;
  }

  /**
   * Checks that runs staged in one folder can be published to another.
   *
   * @throws IllegalArgumentException if that holds files of others, or lies on another file system
   */
  public static void checkInto(Path output, Path target) {
    Path from = output.toAbsolutePath().normalize();
    Path to = target.toAbsolutePath().normalize();
    try {
      checkFree(to);
      if (!Files.getFileStore(nearest(from)).equals(Files.getFileStore(nearest(to)))) {
        throw new IllegalArgumentException(
            "Invalid into: %s (expected a folder on the file system of %s)"
                .formatted(target, output));
      }
    } catch (IOException e) {
      throw PublishException.of("to " + target, e);
    }
  }

  /** The folder itself, or what is there of the way to it. */
  private static Path nearest(Path folder) {
    Path at = folder;
    while (!Files.exists(at)) {
      at = Objects.requireNonNull(at.getParent(), "the root is always there");
    }
    return at;
  }

  /** Checks that a folder is Millrace's, or empty, or isn't there. */
  static void checkFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("Cannot write to %s: it is a file".formatted(folder));
    }
    if (!Files.isDirectory(folder) || Files.isRegularFile(folder.resolve(MARKER))) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      if (children.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)"
                .formatted(folder));
      }
    }
  }

  /** Makes a folder, unless it is there, and marks it. */
  public static void claim(Path folder) throws IOException {
    checkFree(folder);
    Files.createDirectories(folder);
    if (!Files.isRegularFile(folder.resolve(MARKER))) {
      Files.writeString(folder.resolve(MARKER), MARKER_TEXT);
    }
  }
}
