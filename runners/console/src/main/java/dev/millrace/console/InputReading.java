package dev.millrace.console;

import dev.millrace.io.files.FileFormat;
import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.record.CsvDialect;
import java.util.function.Supplier;

/** Finds the files that options name. */
final class InputReading {
  private InputReading() {}

  /**
   * The files, found and not yet read.
   *
   * @throws IllegalArgumentException if there are none, or an option has no such value
   */
  static ReadFiles of(InputFiles input) {
    char delimiter = checked("csvDelimiter", () -> CsvDialect.character(input.csvDelimiter));
    char quote = checked("csvQuote", () -> CsvDialect.character(input.csvQuote));
    CsvDialect dialect =
        checked("csvDelimiter or --csvQuote", () -> new CsvDialect(delimiter, quote));
    ReadFiles read = ReadFiles.of(FileSet.match(input.input)).withDialect(dialect);
    return input.format == null
        ? read
        : read.withFormat(checked("format", () -> FileFormat.named(input.format)));
  }

  /** Names the option that a bad value came from. */
  private static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Invalid --%s: %s".formatted(option, e.getMessage()), e);
    }
  }
}
