package dev.millrace.io;

/** How the files of a table are compressed. */
public enum Compression {
  /** Zstandard: the smallest files, at little more CPU than Snappy. */
  ZSTD,
  /** Snappy: for readers that don't know Zstandard. */
  SNAPPY,
  /** Gzip: slow, and known everywhere. */
  GZIP,
  /** Not at all: for file systems that compress. */
  NONE
}
