package dev.millrace.benchmarks.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of one job, as Flink keeps them: in {@code chk-N} what belongs to the Nth alone,
 * with {@code _metadata} when it is complete, and in {@code shared} the files of RocksDB that it
 * has in common with those before. Only the last one is kept, so all there is, is that one.
 */
record Checkpoints(Path folder) {
  private static final String NUMBERED = "chk-";

  /** The number of the last one that is complete; 0 if there is none. */
  long last() throws IOException {
    return complete().map(Checkpoints::number).max(Comparator.naturalOrder()).orElse(0L);
  }

  /** How many bytes the last one has, with the files that it shares; 0 if there is none. */
  long bytes() throws IOException {
    Optional<Path> last = complete().max(Comparator.comparing(Checkpoints::number));
    if (last.isEmpty()) {
      return 0;
    }
    Path job = last.get().getParent();
    return size(last.get()) + size(job.resolve("shared")) + size(job.resolve("taskowned"));
  }

  private Stream<Path> complete() throws IOException {
    return under(folder).stream()
        .filter(file -> file.endsWith("_metadata"))
        .map(Path::getParent)
        .filter(checkpoint -> checkpoint.getFileName().toString().startsWith(NUMBERED));
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(NUMBERED.length()));
  }

  private static long size(Path folder) throws IOException {
    return under(folder).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** The files in a folder, looked for again if one goes meanwhile. */
  private static List<Path> under(Path folder) throws IOException {
    while (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).toList();
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
      }
    }
    return List.of();
  }
}
