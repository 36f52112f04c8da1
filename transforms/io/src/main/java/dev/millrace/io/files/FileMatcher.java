package dev.millrace.io.files;

import dev.millrace.io.InputException;
import dev.millrace.io.InputException.Kind;
import dev.millrace.io.Reasons;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** Finds files on any of Beam's file systems, and looks into each to see that it can be read. */
final class FileMatcher {
  private FileMatcher() {}

  /** The files that a path or a glob matches; none if there is none. */
  static List<MatchedFile> match(String pattern) {
    List<MatchedFile> files = new ArrayList<>();
    for (Metadata file : metadata(pattern)) {
      if (file.resourceId().isDirectory()) {
        throw new InputException(
            Kind.UNREADABLE,
            "Cannot read input: %s is a directory (expected a file, or a pattern such as %s)"
                .formatted(pattern, file.resourceId() + "*"));
      }
      files.add(open(file));
    }
    return files;
  }

  /**
   * Checks that a file is still the one that was matched, by its size and time: otherwise parts of
   * two files may have been read, or less than there was.
   *
   * @throws IOException if it is not
   */
  static void checkUnchanged(MatchedFile file) throws IOException {
    Metadata now;
    try {
      now = FileSystems.matchSingleFileSpec(file.path());
    } catch (FileNotFoundException e) {
      throw new IOException(
          "Cannot read %s: it was removed while it was read".formatted(file.path()), e);
    }
    if (now.sizeBytes() != file.bytes()) {
      throw new IOException(
          "Cannot read %s: it changed while it was read, from %s to %s bytes"
              .formatted(file.path(), file.bytes(), now.sizeBytes()));
    }
    if (now.lastModifiedMillis() != file.modifiedMillis()) {
      throw new IOException(
          "Cannot read %s: it changed while it was read, at %s"
              .formatted(file.path(), Instant.ofEpochMilli(now.lastModifiedMillis())));
    }
  }

  static InputException nothingMatches(List<String> patterns) {
    String first = patterns.get(0);
    String message;
    if (patterns.size() > 1) {
      message = "no file matches %s or the %s days after".formatted(first, patterns.size() - 1);
    } else if (isGlob(first)) {
      message = "no file matches %s".formatted(first);
    } else {
      message = "%s does not exist".formatted(first);
    }
    return new InputException(Kind.NOT_FOUND, "Cannot find input: " + message);
  }

  private static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  static List<Metadata> metadata(String pattern) {
    try {
      return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          Kind.UNREADABLE,
          "Cannot read input: %s: %s".formatted(pattern, Reasons.of(e, pattern)),
          e);
    }
  }

  static MatchedFile open(Metadata file) {
    String path = file.resourceId().toString();
    try (var in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
      byte[] magic = in.readNBytes(Codec.MAGIC_BYTES);
      return new MatchedFile(path, file.sizeBytes(), file.lastModifiedMillis(), Codec.of(magic));
    } catch (IOException e) {
      throw new InputException(
          Kind.UNREADABLE, "Cannot read input: %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
  }
}
