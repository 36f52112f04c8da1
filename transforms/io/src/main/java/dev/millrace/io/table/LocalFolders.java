package dev.millrace.io.table;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** What publishing does with folders of the local disk. */
final class LocalFolders {
  private LocalFolders() {}

  /** Marks a folder as whole. */
  static void mark(Path folder) throws IOException {
    Path marker = folder.resolve(CommitPublication.MARKER);
    if (!Files.exists(marker)) {
      Files.createFile(marker);
    }
  }

  /** Moves by one rename, creating the folder that the target lies in. */
  static void move(Path source, Path target) throws IOException {
    if (Files.isDirectory(source) && Files.exists(target)) {
      throw new NotDirectoryException(target.toString());
    }
    Files.createDirectories(target.getParent());
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes a file that appears whole, in a folder that is created if need be. */
  static void write(Path file, byte[] content) throws IOException {
    Path hidden = file.resolveSibling("." + file.getFileName());
    Files.createDirectories(file.getParent());
    Files.write(hidden, content);
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    deleteOthers(folder, Set.of());
    if (Files.exists(folder)) {
      try (Stream<Path> folders = Files.walk(folder)) {
        for (Path empty : folders.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(empty);
        }
      }
    }
  }

  /** Removes all files at any depth but some. */
  static void deleteOthers(Path folder, Set<Path> kept) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (!kept.contains(file)) {
                Files.delete(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }

  /** The last of the names in a folder, without what follows the first dot; "" if it has none. */
  static String lastName(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .map(name -> name.substring(0, name.indexOf('.')))
          .max(Comparator.naturalOrder())
          .orElse("");
    }
  }
}
