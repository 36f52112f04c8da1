package dev.millrace.io.blocks;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of files this process has read so far, as they are on disk: compressed if they are
 * compressed. Compared with how many a run's files have, it gives a progress line.
 *
 * <p>It only grows, over all runs of the process. Readers on other machines count in their own
 * process: it is for the eye, never for the balance of a run.
 */
public final class ReadProgress {
  private static final LongAdder BYTES = new LongAdder();

  private ReadProgress() {}

  /** The bytes that were read in this process. */
  public static long bytes() {
    return BYTES.sum();
  }

  static void add(long bytes) {
    BYTES.add(bytes);
  }
}
