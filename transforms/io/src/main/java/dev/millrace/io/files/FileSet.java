package dev.millrace.io.files;

import dev.millrace.io.InputException;
import dev.millrace.io.codec.Codec;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
  private final Map<String, LocalDate> days;

  FileSet(Collection<MatchedFile> files, List<String> missing, Map<String, LocalDate> days) {
    this.files = List.copyOf(files);
    this.missing = List.copyOf(missing);
    this.days = Map.copyOf(days);
  }

  /** No files: what a run reads that is allowed to find nothing. */
  public static FileSet none() {
    return new FileSet(List.of(), List.of(), Map.of());
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
    FileSetBuilder found = new FileSetBuilder();
    patterns.forEach(found::add);
    return found.build();
  }

  /**
   * The files that patterns match, where <code>{date}</code> in a pattern stands for each UTC day
   * of {@code [from, to)}, as in {@code 2001-01-15}. A day may lack its files (see {@link
   * #missing()}), unless all do.
   *
   * @throws InputException as {@link #match(List)} does
   */
  public static FileSet match(List<String> patterns, Instant from, Instant to) {
    return match(patterns, from, to, Duration.ZERO, Duration.ZERO);
  }

  /**
   * The same, with the files of the days of so long before the interval and so long after it, if
   * there are any: none of them needs to be there.
   *
   * @throws InputException as {@link #match(List)} does, whatever there is around the interval
   */
  public static FileSet match(
      List<String> patterns, Instant from, Instant to, Duration before, Duration after) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Invalid to: %s (expected after from, %s)".formatted(to, from));
    }
    List<LocalDate> days = DatePattern.days(from, to);
    List<LocalDate> around = new ArrayList<>(DatePattern.days(from.minus(before), to.plus(after)));
    around.removeAll(days);
    FileSetBuilder found = new FileSetBuilder();
    for (String pattern : patterns) {
      if (DatePattern.isDated(pattern)) {
        found.add(pattern, days, around);
      } else {
        found.add(pattern);
      }
    }
    return found.build();
  }

  /** Whether <code>{date}</code> is in one of these patterns. */
  public static boolean isDated(List<String> patterns) {
    return patterns.stream().anyMatch(DatePattern::isDated);
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

  /** The day of each file that a pattern names by one, by path. */
  public Map<String, LocalDate> days() {
    return days;
  }

  /**
   * The patterns of single days of the interval that match no file, in the order of the patterns
   * and days.
   */
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
