package dev.millrace.io.files;

import java.util.Arrays;
import java.util.Locale;

/** How the records of a file are written. */
public enum FileFormat {
  /** One JSON object a line. */
  NDJSON,
  /** CSV (RFC 4180): the first record names the columns. */
  CSV,
  /** One JSON array, whose elements are the records. */
  JSON,
  /** An Avro container file, with the schema that it was written with. */
  AVRO,
  /** A Parquet file. */
  PARQUET;

  /**
   * The format of this name, in letters of any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FileFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " (expected ndjson, csv, json, avro or parquet)"));
  }

  /**
   * The format that a name says: by its ending {@code .csv}, {@code .json}, {@code .avro}, {@code
   * .parquet}, {@code .ndjson} or {@code .jsonl}, before one of compression ({@code .gz}, {@code
   * .zst}, {@code .bz2}, {@code .xz}). {@link #NDJSON} if it says nothing.
   */
  public static FileFormat of(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst|bz2|xz)$", "");
    return Arrays.stream(values())
        .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(NDJSON);
  }
}
