package dev.millrace.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder that a stack keeps everything in: {@code stack.json}, what was chosen; a folder for
 * each process, with its configuration, its log and its data; and {@code lock}, whose presence says
 * that the folder is a stack's.
 */
record StackFolder(Path path) {
  private static final String LOCK = "lock";
  private static final Path USUAL = Path.of(".millrace", "dev");

  /**
   * The folder of the stack of a project: that of the nearest folder above which has one, or else
   * where a new one goes.
   */
  static StackFolder nearest(Path project) {
    for (Path above = project.toAbsolutePath(); above != null; above = above.getParent()) {
      Path folder = above.resolve(USUAL);
      if (Files.isRegularFile(folder.resolve(LOCK))) {
        return new StackFolder(folder);
      }
    }
    return new StackFolder(project.toAbsolutePath().resolve(USUAL).normalize());
  }

  boolean exists() {
    return Files.isRegularFile(path.resolve(LOCK));
  }

  /** Makes the folder if it isn't there, and keeps other commands out of it during a change. */
  <T> T change(Supplier<T> change) {
    try (FileChannel channel = claim()) {
      lock(channel);
      // A project's own version control has no use for it.
      Files.writeString(path.resolve(".gitignore"), "*\n");
      return change.get();
    } catch (IOException e) {
      throw new StackException("Cannot keep a stack in %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private FileChannel claim() throws IOException {
    if (Files.isDirectory(path) && !exists() && !isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot keep a stack in %s: it exists and was not made by millrace dev (choose another folder, or an empty one)"
              .formatted(path));
    }
    Files.createDirectories(path);
    return FileChannel.open(
        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Held until the channel is closed, or this process ends. */
  private void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this process holds it, which is no better
    }
    throw new StackException(
        "Cannot change the stack in %s: another command is changing it".formatted(path));
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> children = Files.list(path)) {
      return children.findAny().isEmpty();
    }
  }

  /** The file that remembers what was chosen. */
  Path choices() {
    return path.resolve("stack.json");
  }

  /** The folder of a process. */
  Path of(Component component) {
    return path.resolve(component.name());
  }

  /** Deletes the folder and all that is in it. */
  void wipe() {
    try {
      delete(path);
    } catch (IOException e) {
      throw new StackException("Cannot delete %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Deletes a folder and all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
