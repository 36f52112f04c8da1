package dev.millrace.operate.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Stream;

/**
 * A local path, or a glob with {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}} and {@code **}.
 * Names that start with a dot don't match one: they are still being written.
 */
final class PathGlob {
  private static final String SPECIAL = "*?[{";

  /** The folders before the first name with something special. */
  private final Path root;

  /** How many names of the path are special, or after one that is. */
  private final int depth;

  private final PathMatcher matcher;

  private PathGlob(Path root, int depth, PathMatcher matcher) {
    this.root = root;
    this.depth = depth;
    this.matcher = matcher;
  }

  /**
   * Reads one; what is relative is so to the present folder.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  static PathGlob of(String glob) {
    Path path = Path.of(glob).toAbsolutePath().normalize();
    Path root = path.getRoot();
    int plain = 0;
    while (plain < path.getNameCount() && !isSpecial(path.getName(plain))) {
      root = root.resolve(path.getName(plain));
      plain++;
    }
    int depth = glob.contains("**") ? Integer.MAX_VALUE : path.getNameCount() - plain;
    return new PathGlob(root, depth, FileSystems.getDefault().getPathMatcher("glob:" + path));
  }

  private static boolean isSpecial(Path name) {
    return name.toString().chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /** Whether there is such a path; what can't be looked into isn't there. */
  boolean exists() {
    if (depth == 0) {
      return Files.exists(root);
    }
    try (Stream<Path> found = Files.walk(root, depth)) {
      return found.anyMatch(path -> !isHidden(path) && matcher.matches(path));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }
}
