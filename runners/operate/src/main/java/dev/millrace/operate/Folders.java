package dev.millrace.operate;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What actions do with folders and small files: they list, move, write and remove them. */
public final class Folders {
  /** The file that tells readers, and job schedulers, that a folder is whole. */
  public static final String MARKER = "_SUCCESS";

  /** The file that says what is in a partition, and where from. */
  public static final String MANIFEST = "_manifest.json";

  private Folders() {}

  /**
   * The sizes of the files below a folder, by path relative to it; none if it is not there. Markers
   * and manifests are left out: a publish that did not finish leaves them in staging.
   */
  public static SortedMap<String, Long> sizes(Path folder) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new SizeVisitor(folder, sizes));
    }
    return sizes;
  }

  /** The folders in a folder, by name; none if it is not there. */
  public static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The folders below one that hold a file of a name, in order; none if it is not there. */
  public static List<Path> holding(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.endsWith(name)).map(Path::getParent).sorted().toList();
    }
  }

  /** Moves by one rename, creating the folder that the target lies in. */
  public static void move(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes a small file; a full disk does not say by itself which file it was full for. */
  public static void writeText(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Removes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new DeletingVisitor());
    }
  }

  /** Removes a folder with all that is in it, one of its empty folders last. */
  public static void deleteLast(Path folder, Path last) throws IOException {
    for (Path child : list(folder)) {
      if (!child.equals(last)) {
        delete(child);
      }
    }
    delete(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  /** Removes a folder and the folders around it, as far as they are empty, up to the root. */
  public static void deleteEmpty(Path folder, Path root) throws IOException {
    try {
      for (Path at = folder; !at.equals(root) && at.startsWith(root); at = at.getParent()) {
        if (Files.isDirectory(at)) {
          Files.delete(at);
        }
      }
    } catch (DirectoryNotEmptyException e) {
      // Others' partitions are in it, so that it stays.
    }
  }

  private static final class SizeVisitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<String, Long> sizes;

    SizeVisitor(Path root, SortedMap<String, Long> sizes) {
      this.root = root;
      this.sizes = sizes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (!name.equals(MARKER) && !name.equals(MANIFEST)) {
        sizes.put(root.relativize(file).toString().replace('\\', '/'), attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class DeletingVisitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
