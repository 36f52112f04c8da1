package dev.millrace.benchmarks.events;

import dev.millrace.benchmarks.run.Folders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder of the workload: eight files of lines, {@code part-0.ndjson} to {@code part-7.ndjson},
 * with the truth about them in a file beside it, which is written last. There are several files
 * because Flink's text format reads one file with one reader.
 */
public final class EventFiles {
  /** To be changed with any change of the lines, so that old folders are not taken for new. */
  private static final String FORMAT = "shop-events-1";

  private static final int PARTS = 8;

  private final Path folder;
  private final long rows;
  private final Shape shape;

  private EventFiles(Path folder, long rows, Shape shape) {
    this.folder = folder;
    this.rows = rows;
    this.shape = shape;
  }

  /** The workload of so many rows in a folder of its own below the given one. */
  public static EventFiles of(Path parent, long rows, Skew skew) {
    return of(parent, rows, Shape.USUAL.withSkew(skew));
  }

  /** So many rows of a shape in a folder of its own below the given one. */
  public static EventFiles of(Path parent, long rows, Shape shape) {
    return new EventFiles(parent.resolve("events-" + rows + shape.suffix()), rows, shape);
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /** Writes the files unless they are there already, and returns the truth about them. */
  public Truth prepare() throws IOException {
    return complete() ? Truth.read(truthFile()) : write();
  }

  private boolean complete() throws IOException {
    if (!Files.exists(truthFile())) {
      return false;
    }
    Truth truth = Truth.read(truthFile());
    return truth.format().equals(FORMAT) && truth.rows() == rows && truth.bytes() == size();
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".ndjson"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private Truth write() throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(truthFile());
    Events events = new Events(rows, shape);
    Count count = new Count();
    for (int part = 0; part < PARTS; part++) {
      Path file = folder.resolve("part-" + part + ".ndjson");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        events.write(rows * part / PARTS, rows * (part + 1) / PARTS, out, count);
      }
    }
    Truth truth = count.truth(FORMAT);
    truth.write(truthFile());
    return truth;
  }

  /** Deletes the files, and the truth about them. */
  public void delete() throws IOException {
    Files.deleteIfExists(truthFile());
    Folders.delete(folder);
  }

  private Path truthFile() {
    return folder.resolveSibling(folder.getFileName() + "-truth.json");
  }
}
