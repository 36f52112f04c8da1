package dev.millrace.io.table;

import dev.millrace.io.Reasons;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The folder that a run's output goes to, on any of Beam's file systems. A file appears under its
 * name when it is complete, and replaces one that an earlier attempt left there.
 */
record OutputFolder(String folder) implements Serializable {

  /** Writes the content of a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Checks that a folder is named; whether it can be written shows when it is. */
  OutputFolder {
    if (folder.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: folder");
    }
  }

  /**
   * Writes a file.
   *
   * @param path relative to the folder, with {@code /}
   * @return the size of the file in bytes
   */
  long write(String path, Content content) throws IOException {
    int name = path.lastIndexOf('/') + 1;
    ResourceId temporary = resource(path.substring(0, name) + "." + path.substring(name) + ".tmp");
    try {
      CountingStream out =
          new CountingStream(
              Channels.newOutputStream(FileSystems.create(temporary, MimeTypes.BINARY)));
      try (out) {
        content.writeTo(out);
      }
      FileSystems.rename(List.of(temporary), List.of(resource(path)));
      return out.written;
    } catch (IOException e) {
      throw new IOException(
          "Cannot write %s: %s".formatted(resource(path), Reasons.of(e, temporary.toString())), e);
    }
  }

  /** Deletes a file, and tells whether it was there. */
  boolean delete(String path) throws IOException {
    ResourceId file = resource(path);
    boolean there = FileSystems.match(file.toString()).status() == MatchResult.Status.OK;
    if (there) {
      FileSystems.delete(List.of(file));
    }
    return there;
  }

  /** Reads a whole file that was written here; it must fit into memory. */
  byte[] read(String path) throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource(path)))) {
      return in.readAllBytes();
    }
  }

  /** Deletes the files in a folder, and the folder itself where the file system has such. */
  void deleteFolder(String path) throws IOException {
    ResourceId inside = resource(path + "/*");
    List<ResourceId> files =
        FileSystems.match(inside.toString(), EmptyMatchTreatment.ALLOW).metadata().stream()
            .map(MatchResult.Metadata::resourceId)
            .toList();
    FileSystems.delete(files);
    if (!files.isEmpty() && inside.getScheme().equals("file")) {
      FileSystems.delete(List.of(inside.getCurrentDirectory()));
    }
  }

  private ResourceId resource(String path) {
    return FileSystems.matchNewResource(
        folder.endsWith("/") ? folder + path : folder + "/" + path, false);
  }

  private static final class CountingStream extends FilterOutputStream {
    private long written;

    private CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }
}
