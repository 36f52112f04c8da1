package dev.millrace.io.blocks;

import dev.millrace.record.RawBlock;
import java.io.IOException;

/**
 * Finds the records of one file, from its start to its end, without looking into them. A record is
 * found where it is whole in the buffer.
 */
interface Framing {
  /** What {@link #next} gives if what comes next is not whole. */
  int MORE = -1;

  /**
   * Looks for the next record.
   *
   * @param from where to look in the buffer, before {@code to}
   * @param last whether the file ends at {@code to}
   * @param offset the place of {@code buffer[0]} in the file
   * @return where to go on, or {@link #MORE}
   * @throws IOException if the file can't be cut into records; the message is the reason
   */
  int next(byte[] buffer, int from, int to, boolean last, long offset) throws IOException;

  /** Whether {@link #next} came to a record, and not only past what is between two. */
  boolean found();

  /** Where the record starts in the buffer. */
  int start();

  /** Where it ends, exclusive. */
  int end();

  /** What is to be said of a whole block. */
  RawBlock complete(RawBlock block);

  /**
   * Called at the end of the file.
   *
   * @throws IOException if more should have come; the message is the reason
   */
  void finish(long length) throws IOException;
}
