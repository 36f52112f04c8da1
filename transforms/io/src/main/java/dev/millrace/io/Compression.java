package dev.millrace.io;

/** How the pages of Parquet files are compressed. */
public enum Compression {
  /** Zstandard: the smallest files, at little more CPU than Snappy. */
  ZSTD,
  /** Snappy: for readers that don't know Zstandard. */
  SNAPPY,
  /** Not at all: for file systems that compress. */
  NONE
}
