package dev.millrace.io.files;

import java.io.Serializable;
import java.util.Comparator;

/** A file as it was found in a folder: if any of this changes, it is not the same file any more. */
public record WatchedFile(String path, long bytes, long modifiedMillis) implements Serializable {
  /** The order of arrival, as far as a folder shows it. */
  static final Comparator<WatchedFile> BY_ARRIVAL =
      Comparator.comparingLong(WatchedFile::modifiedMillis).thenComparing(WatchedFile::path);
}
