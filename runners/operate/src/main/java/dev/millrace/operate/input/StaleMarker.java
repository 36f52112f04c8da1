package dev.millrace.operate.input;

import dev.millrace.operate.JsonFiles;
import dev.millrace.operate.publish.OutputFolder;
import dev.millrace.operate.publish.PublishException;
import dev.millrace.operate.publish.PublishedPartitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * Says in an output folder that its newest partition should be there, and isn't since input is
 * missing: {@value #FILE_NAME}. It goes when a run's input has come.
 *
 * @param since when that was first found; it stays as long as the marker does
 * @param missing what input was waited for in vain, the last time
 * @param lastPublished the last partition that is there; null if none is
 */
public record StaleMarker(String since, List<String> missing, String lastPublished) {
  /** The name of the file. */
  public static final String FILE_NAME = "_STALE";

  /** Keeps an immutable copy. */
  public StaleMarker {
    missing = List.copyOf(missing);
  }

  /** Writes the marker, or brings it up to date. */
  static void write(Path output, Instant now, List<String> missing) {
    SortedSet<String> published = PublishedPartitions.in(output);
    String last = published.isEmpty() ? null : published.last();
    Path file = output.resolve(FILE_NAME);
    try {
      OutputFolder.claim(output);
      String since =
          Files.exists(file) ? JsonFiles.read(file, StaleMarker.class).since() : now.toString();
      JsonFiles.write(file, new StaleMarker(since, missing, last));
    } catch (IOException e) {
      throw PublishException.of(FILE_NAME, e);
    }
  }

  /** Removes it, if it is there. */
  static void remove(Path output) {
    try {
      Files.deleteIfExists(output.resolve(FILE_NAME));
    } catch (IOException e) {
      throw PublishException.of(FILE_NAME, e);
    }
  }
}
