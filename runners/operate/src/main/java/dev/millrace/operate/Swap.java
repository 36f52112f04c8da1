package dev.millrace.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One partition folder that takes the place of another, or of none, or that only goes away.
 *
 * <p>How far it has got can be read from the disk alone: a staged folder that is gone has been
 * published, and a folder set aside has been replaced. So what undoes a failed publish also undoes
 * one whose process was killed.
 */
final class Swap {
  private final String name;
  private final Optional<Path> staged;
  private final Path target;
  private final Path aside;
  private final Path root;
  private final Map<String, Long> files;

  private Swap(
      String name,
      Optional<Path> staged,
      Path target,
      Path aside,
      Path root,
      Map<String, Long> files) {
    this.name = name;
    this.staged = staged;
    this.files = files;
    this.target = target;
    this.aside = aside;
    this.root = root;
  }

  /**
   * Puts a staged folder in place of what is at its target.
   *
   * @param root the folder that the target lies in, and that an undo never removes
   * @param files the sizes of the staged files, by path relative to their folder
   */
  static Swap in(
      String name, Path staged, Path target, Path aside, Path root, Map<String, Long> files) {
    return new Swap(name, Optional.of(staged), target, aside, root, files);
  }

  /** Takes away what is at the target, if anything is. */
  static Swap out(String name, Path target, Path aside, Path root) {
    return new Swap(name, Optional.empty(), target, aside, root, Map.of());
  }

  /** What is swapped, such as {@code records/dt=2001-01-15}. */
  String name() {
    return name;
  }

  /** Marks the staged folder as whole: the marker is published with it, by the same rename. */
  void mark() throws IOException {
    if (staged.isPresent()) {
      Path marker = staged.get().resolve(Folders.MARKER);
      if (!Files.exists(marker)) {
        Files.createFile(marker);
      }
    }
  }

  void run() throws IOException {
    if (Files.exists(target)) {
      if (!Files.isDirectory(target)) {
        throw new NotDirectoryException(target.toString());
      }
      Folders.move(target, aside);
    }
    if (staged.isPresent()) {
      Folders.move(staged.get(), target);
    }
  }

  /** Puts everything back, whether this was run, half run or not run. */
  void undo() throws IOException {
    if (staged.isPresent() && !Files.exists(staged.get()) && holdsStagedFiles()) {
      Folders.move(target, staged.get());
    }
    if (Files.exists(aside) && !Files.exists(target)) {
      Folders.move(aside, target);
    } else {
      Folders.deleteEmpty(target.getParent(), root);
    }
  }

  /** After a kill, another run may have published the partition: what it wrote is not ours. */
  private boolean holdsStagedFiles() throws IOException {
    return Files.isDirectory(target) && Folders.sizes(target).equals(files);
  }
}
