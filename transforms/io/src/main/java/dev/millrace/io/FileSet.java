package dev.millrace.io;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The files that a run reads, in the order of their names, each once, with their sizes. Made at
 * launch, so that a missing or unreadable file is known before anything runs and the same files are
 * read whatever arrives meanwhile. Immutable.
 */
public final class FileSet implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One file; how it is compressed is told by its first bytes, not by its name.
   *
   * @param modifiedMillis when it was changed last, 0 where the file system doesn't say
   */
  record MatchedFile(String path, long bytes, long modifiedMillis, Codec codec)
      implements Serializable {}

  private final List<MatchedFile> files;
  private final List<String> missing;

  private FileSet(List<MatchedFile> files, List<String> missing) {
    this.files = List.copyOf(files);
    this.missing = List.copyOf(missing);
  }

  /**
   * The files that patterns match: paths, and globs with {@code *}, {@code ?}, {@code [a-z]},
   * {@code {a,b}} and {@code **}. Every pattern must match.
   *
   * @throws InputException if a path or a glob matches no file, or a file can't be opened, or all
   *     are empty
   */
  public static FileSet match(List<String> patterns) {
    for (String pattern : patterns) {
      if (DatePattern.isDated(pattern)) {
        throw new IllegalArgumentException(
            "Missing required value: from and to (input %s names a date)".formatted(pattern));
      }
    }
    return matchAll(patterns.stream().map(pattern -> List.of(pattern)).toList());
  }

  /**
   * The files that patterns match, where <code>{date}</code> in a pattern stands for each UTC day
   * of {@code [from, to)}, as in {@code 2001-01-15}. A day may lack its files (see {@link
   * #missing()}), unless all do.
   *
   * @throws InputException as {@link #match(List)} does
   */
  public static FileSet match(List<String> patterns, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Invalid to: %s (expected after from, %s)".formatted(to, from));
    }
    return matchAll(
        patterns.stream().map(pattern -> DatePattern.expand(pattern, from, to)).toList());
  }

  /** Each group holds the days of one pattern, or the pattern alone. */
  private static FileSet matchAll(List<List<String>> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: input");
    }
    NavigableMap<String, MatchedFile> files = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (List<String> group : groups) {
      List<String> unmatched = new ArrayList<>();
      for (String pattern : group) {
        List<MatchedFile> matched = FileMatcher.match(pattern);
        matched.forEach(file -> files.put(file.path(), file));
        if (matched.isEmpty()) {
          unmatched.add(pattern);
        }
      }
      if (unmatched.size() == group.size()) {
        throw FileMatcher.nothingMatches(unmatched);
      }
      missing.addAll(unmatched);
    }
    FileSet set = new FileSet(List.copyOf(files.values()), missing);
    if (set.bytes() == 0) {
      throw new InputException(
          InputException.Kind.EMPTY,
          set.files.size() == 1
              ? "Cannot read input: %s is empty".formatted(set.files.get(0).path())
              : "Cannot read input: all %s files are empty, from %s on"
                  .formatted(set.files.size(), set.files.get(0).path()));
    }
    return set;
  }

  /** The files, as the file system names them, in the order of their names. */
  public List<String> paths() {
    return files.stream().map(MatchedFile::path).toList();
  }

  /** The sum of their sizes on disk, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(MatchedFile::bytes).sum();
  }

  /**
   * About how many bytes the files hold when they are read: their sizes, times what records mostly
   * shrink by as each is compressed. An estimate from sizes and first bytes alone, so that it is
   * the same wherever it is made.
   */
  public long uncompressedBytes() {
    return files.stream().mapToLong(file -> file.bytes() * file.codec().expansion()).sum();
  }

  /** The patterns of single days that match no file, in the order of the patterns and days. */
  public List<String> missing() {
    return missing;
  }

  List<MatchedFile> files() {
    return files;
  }

  @Override
  public String toString() {
    return "%s files, %s bytes".formatted(files.size(), bytes());
  }
}
