package dev.millrace.quarantine;

import dev.millrace.record.Rejected;
import dev.millrace.record.WrittenFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * One file of the quarantine, named by its partition and its number alone: a retry writes the same
 * name, and by way of the same temporary name, so that it leaves nothing behind. Before the
 * partition may come the commit that the file belongs to.
 */
final class QuarantineFile {
  static final String TABLE = "quarantine";

  private static final String SUFFIX = ".ndjson";

  /** Added to a number, it gives five digits after the first. */
  private static final int NUMBERS = 100_000;

  /** The folder that the quarantine is in, relative to that of the output; ends with {@code /}. */
  private final String place;

  private final String partition;
  private final String name;
  private long rows;
  private long bytes;

  private QuarantineFile(String place, String partition, String name) {
    this.place = place;
    this.partition = partition;
    this.name = name;
  }

  /**
   * The file that a rejected record belongs to, as {@code reason=<code>/part-<shard>.ndjson}. The
   * shard depends on where the record was read only.
   */
  static String of(Rejected rejected, int shards) {
    int place = 31 * rejected.raw().source().hashCode() + Long.hashCode(rejected.raw().offset());
    int number = NUMBERS + Math.floorMod(place, shards);
    return "reason="
        + rejected.reason().code()
        + "/part-"
        + Integer.toString(number).substring(1)
        + SUFFIX;
  }

  /** The file of a commit: {@code <commit>/reason=<code>/part-<shard>.ndjson}. */
  static String inCommit(String commit, String file) {
    return commit + "/" + file;
  }

  /**
   * The name of a part of a file that goes on: {@code reason=<code>/part-<shard>-<number>.ndjson}.
   */
  static String part(String file, int number) {
    return file.replace(SUFFIX, "-" + Integer.toString(NUMBERS + number).substring(1) + SUFFIX);
  }

  /** Writes a file of the quarantine below a folder, replacing one that is there. */
  static WrittenFile write(String folder, String file, Iterable<byte[]> chunks) throws IOException {
    int name = file.lastIndexOf('/') + 1;
    int partition = file.lastIndexOf('/', name - 2) + 1;
    return new QuarantineFile(
            file.substring(0, partition), file.substring(partition, name - 1), file.substring(name))
        .write(folder, chunks);
  }

  private WrittenFile write(String folder, Iterable<byte[]> chunks) throws IOException {
    String table = "%s%s/%s/".formatted(place, TABLE, partition);
    ResourceId home =
        FileSystems.matchNewResource(folder, true)
            .resolve(table, StandardResolveOptions.RESOLVE_DIRECTORY);
    ResourceId complete = home.resolve(name, StandardResolveOptions.RESOLVE_FILE);
    ResourceId partial = home.resolve("." + name + ".tmp", StandardResolveOptions.RESOLVE_FILE);
    try {
      writeLines(partial, chunks);
      FileSystems.rename(List.of(partial), List.of(complete));
    } catch (IOException e) {
      throw new IOException("Cannot write %s: %s".formatted(complete, e.getMessage()), e);
    }
    return new WrittenFile(TABLE, partition, table + name, rows, bytes);
  }

  private void writeLines(ResourceId file, Iterable<byte[]> chunks) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(file, MimeTypes.TEXT)), 1 << 16)) {
      SortedChunk.merge(
          chunks,
          line -> {
            out.write(line.json());
            out.write('\n');
            rows++;
            bytes += line.json().length + 1L;
          });
    }
  }
}
