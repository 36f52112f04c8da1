package dev.millrace.io.files;

import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a file that is read on its own: the records that start in {@code [from, to)}. Only a
 * plain file of lines can be cut: others must be read from their start.
 *
 * @param to exclusive; {@link Long#MAX_VALUE} for the whole of a file that can't be cut
 * @param bytes how much of the file on disk it is
 */
record FileRange(MatchedFile file, FileFormat format, long from, long to, long bytes)
    implements Serializable {

  String path() {
    return file.path();
  }

  Codec codec() {
    return file.codec();
  }

  /** The whole of a file, in the format that its name says. */
  static FileRange of(MatchedFile file) {
    return of(file, FileFormat.of(file.path()));
  }

  /** The whole of a file. */
  static FileRange of(MatchedFile file, FileFormat format) {
    long to = isCuttable(file.codec(), format) ? file.bytes() : Long.MAX_VALUE;
    return new FileRange(file, format, 0, to, file.bytes());
  }

  /** Whether a file can be read from the middle. */
  static boolean isCuttable(Codec codec, FileFormat format) {
    return codec == Codec.PLAIN && format == FileFormat.NDJSON;
  }

  /** This range as ranges of about that size, in order; itself if it can't or needn't be cut. */
  List<FileRange> cut(long rangeBytes) {
    if (!isCuttable(codec(), format)) {
      return List.of(this);
    }
    long parts = Math.max(1, (bytes + rangeBytes / 2) / rangeBytes);
    List<FileRange> ranges = new ArrayList<>();
    for (long part = 0; part < parts; part++) {
      long start = from + bytes / parts * part;
      long end = part == parts - 1 ? to : from + bytes / parts * (part + 1);
      ranges.add(new FileRange(file, format, start, end, end - start));
    }
    return ranges;
  }

  /** Puts small ranges together, so that a thousand small files are not a thousand bundles. */
  static List<List<FileRange>> group(List<FileRange> ranges, long groupBytes) {
    List<List<FileRange>> groups = new ArrayList<>();
    List<FileRange> group = new ArrayList<>();
    long bytes = 0;
    for (FileRange range : ranges) {
      if (!group.isEmpty() && bytes + range.bytes > groupBytes) {
        groups.add(group);
        group = new ArrayList<>();
        bytes = 0;
      }
      group.add(range);
      bytes += range.bytes;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
