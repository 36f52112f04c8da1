package dev.millrace.console;

import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options of verbs that read files without running a pipeline, as {@code ingest} has them. Only
 * strings: {@link InputReading} makes of them what needs Beam's classes.
 */
final class InputFiles {
  @Option(
      names = "--input",
      required = true,
      split = ",",
      paramLabel = "FILES",
      description = "Files: paths or globs, separated by commas. They may be compressed.")
  List<String> input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "ndjson, csv, json (one array), avro or parquet. Default: what the name of each file says.")
  String format;

  @Option(
      names = "--csvDelimiter",
      paramLabel = "CHARACTER",
      defaultValue = ",",
      description = "Character between the fields of CSV files; \\t for a tab. Default: a comma.")
  String csvDelimiter;

  @Option(
      names = "--csvQuote",
      paramLabel = "CHARACTER",
      defaultValue = "\"",
      description = "Character around fields of CSV files that need it. Default: double quotes.")
  String csvQuote;
}
