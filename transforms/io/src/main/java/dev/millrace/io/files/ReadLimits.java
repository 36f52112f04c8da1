package dev.millrace.io.files;

import java.io.Serializable;

/**
 * What a file may ask of the memory of its reader.
 *
 * @param recordBytes the length up to which a line, or what else is read as a record, is one
 * @param expansion how many times its size a compressed file may hold
 * @param freeBytes what it may hold whatever its size: so much is no burden
 */
record ReadLimits(int recordBytes, int expansion, long freeBytes) implements Serializable {
  /** 16 MB a record, a hundred times the size of a file, and 64 MB of any. */
  static final ReadLimits DEFAULT = new ReadLimits(16 << 20, 100, 64L << 20);

  ReadLimits withRecordBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "Invalid maxLineBytes: %s (expected at least 1)".formatted(bytes));
    }
    return new ReadLimits(bytes, expansion, freeBytes);
  }

  ReadLimits withExpansion(int times) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "Invalid maxExpansion: %s (expected at least 1)".formatted(times));
    }
    return new ReadLimits(recordBytes, times, freeBytes);
  }
}
