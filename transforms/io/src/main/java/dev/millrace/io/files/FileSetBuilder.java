package dev.millrace.io.files;

import dev.millrace.io.InputException;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files that the patterns of a {@link FileSet} match, found one pattern after the other. */
final class FileSetBuilder {
  private final NavigableMap<String, MatchedFile> demanded = new TreeMap<>();
  private final NavigableMap<String, MatchedFile> all = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<String, LocalDate> days = new HashMap<>();

  /** Adds the files of a pattern, of which there must be one. */
  void add(String pattern) {
    if (demand(pattern).isEmpty()) {
      throw FileMatcher.nothingMatches(List.of(pattern));
    }
  }

  /** Adds the files of a pattern of days: one of those that are demanded must have one. */
  void add(String pattern, List<LocalDate> demandedDays, List<LocalDate> around) {
    List<String> unmatched = new ArrayList<>();
    for (LocalDate day : demandedDays) {
      String ofDay = DatePattern.on(day, pattern);
      List<MatchedFile> files = demand(ofDay);
      files.forEach(file -> date(file, day));
      if (files.isEmpty()) {
        unmatched.add(ofDay);
      }
    }
    if (unmatched.size() == demandedDays.size()) {
      throw FileMatcher.nothingMatches(unmatched);
    }
    missing.addAll(unmatched);
    for (LocalDate day : around) {
      FileMatcher.match(DatePattern.on(day, pattern)).forEach(file -> date(file, day));
    }
  }

  private List<MatchedFile> demand(String pattern) {
    List<MatchedFile> files = FileMatcher.match(pattern);
    for (MatchedFile file : files) {
      demanded.put(file.path(), file);
      all.put(file.path(), file);
    }
    return files;
  }

  /** A file that several days match is of the first. */
  private void date(MatchedFile file, LocalDate day) {
    all.put(file.path(), file);
    days.merge(file.path(), day, (a, b) -> a.isBefore(b) ? a : b);
  }

  /** The files of all patterns, if those that are demanded are not all empty. */
  FileSet build() {
    if (demanded.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: input");
    }
    if (demanded.values().stream().allMatch(file -> file.bytes() == 0)) {
      String first = demanded.firstKey();
      throw new InputException(
          InputException.Kind.EMPTY,
          demanded.size() == 1
              ? "Cannot read input: %s is empty".formatted(first)
              : "Cannot read input: all %s files are empty, from %s on"
                  .formatted(demanded.size(), first));
    }
    return new FileSet(all.values(), missing, days);
  }
}
