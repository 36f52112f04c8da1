package dev.millrace.pipelines.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The lines of a file a day, which a test puts together and then writes. */
final class DatedFiles {
  private final TreeMap<LocalDate, List<String>> lines = new TreeMap<>();

  /** Puts a line into the file of a day. */
  DatedFiles put(LocalDate day, String line) {
    lines.computeIfAbsent(day, first -> new ArrayList<>()).add(line);
    return this;
  }

  /** Puts all lines into the file of a day. */
  DatedFiles putAll(LocalDate day, List<String> all) {
    all.forEach(line -> put(day, line));
    return this;
  }

  /** The lines of a day's file. */
  List<String> of(LocalDate day) {
    return lines.get(day);
  }

  /** Takes a line out of a day's file. */
  String take(LocalDate day, int number) {
    return lines.get(day).remove(number);
  }

  LocalDate first() {
    return lines.firstKey();
  }

  LocalDate last() {
    return lines.lastKey();
  }

  /** Writes the files to a folder, and gives the pattern that matches them. */
  String write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (LocalDate day : lines.keySet()) {
      Files.write(folder.resolve(day + ".ndjson"), lines.get(day));
    }
    return folder + "/{date}.ndjson";
  }
}
