package dev.millrace.operate.diff;

import dev.millrace.io.files.BlockReader;
import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.odcs.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The rows of one side of a partition, file by file, a block of them in memory at a time. */
final class StoredRows {
  static final String PUBLISHED = "published";
  static final String STAGED = "staged";

  private static final int MOST_ROW_BYTES = 128 << 20;

  /** Tables are packed well, and nobody made them to exhaust their reader. */
  private static final int MOST_EXPANSION = 10_000;

  private final String side;
  private final List<String> key;
  private final RowParser parser = new RowParser();

  /**
   * Reads one of the sides.
   *
   * @param side what it is, for messages
   * @param key fields that each file must have
   */
  StoredRows(String side, List<String> key) {
    this.side = side;
    this.key = key;
  }

  /** What is done with each row. */
  interface Taker {
    /** Takes the fields of a row by name, and tells whether to go on. */
    boolean take(SortedMap<String, String> row);
  }

  /**
   * Reads files, in the order of their names.
   *
   * @throws IllegalArgumentException if a file lacks a field of the key
   * @throws dev.millrace.io.ReadException if one can't be read
   */
  void read(List<Path> files, Taker taker) {
    for (Path file : files.stream().sorted().toList()) {
      if (!read(file, taker)) {
        return;
      }
    }
  }

  private boolean read(Path file, Taker taker) {
    boolean first = true;
    try (BlockReader reader =
        ReadFiles.of(FileSet.match(List.of(file.toString())))
            .withMaxLineBytes(MOST_ROW_BYTES)
            .withMaxExpansion(MOST_EXPANSION)
            .open()) {
      for (Optional<RawBlock> next = reader.next(); next.isPresent(); next = reader.next()) {
        RawBlock block = next.get();
        for (int i = 0; i < block.size(); i++) {
          SortedMap<String, String> row = parser.parse(block, i);
          if (first) {
            checkKey(row.keySet());
            first = false;
          }
          if (!taker.take(row)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void checkKey(Set<String> fields) {
    for (String name : key) {
      if (!fields.contains(name)) {
        throw new IllegalArgumentException(
            "Invalid key: %s in what is %s"
                .formatted(Nearest.unknown("field", name, fields), side));
      }
    }
  }
}
