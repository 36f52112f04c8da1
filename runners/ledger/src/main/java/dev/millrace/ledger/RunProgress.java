package dev.millrace.ledger;

/**
 * How far a run has come with its input, in bytes as they are on the disk.
 *
 * @param readBytes how many it has read
 * @param totalBytes how many there are, more than none
 */
public record RunProgress(long readBytes, long totalBytes) {

  /** Checks that there is something to read. */
  public RunProgress {
    if (totalBytes <= 0 || readBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid progress: %s of %s bytes (expected 0 or more, of 1 or more)"
              .formatted(readBytes, totalBytes));
    }
  }

  /** The share that is read, from 0 to 1: what is read twice is not counted beyond the end. */
  public double fraction() {
    return Math.min(1, (double) readBytes / totalBytes);
  }
}
