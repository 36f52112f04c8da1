package dev.millrace.io.blocks;

import dev.millrace.record.BlockHeader;
import dev.millrace.record.RawBlock;
import java.util.Arrays;

/** Where the records found so far start and end in a buffer: a block in the making. */
final class RecordSpans {
  private int[] starts = new int[512];
  private int[] ends = new int[512];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  int size() {
    return count;
  }

  void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  /**
   * A block of the records, and none are left.
   *
   * @param offset the place of {@code buffer[0]} in the source
   */
  RawBlock take(String source, long offset, byte[] buffer) {
    return take(source, offset + starts[0], buffer, null);
  }

  /**
   * The same with a header.
   *
   * @param offset the place of the first record in the source
   */
  RawBlock take(String source, long offset, byte[] buffer, BlockHeader header) {
    int first = starts[0];
    int[] blockStarts = new int[count];
    int[] blockEnds = new int[count];
    for (int i = 0; i < count; i++) {
      blockStarts[i] = starts[i] - first;
      blockEnds[i] = ends[i] - first;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, first, ends[count - 1]);
    count = 0;
    return RawBlock.of(source, offset, bytes, blockStarts, blockEnds).withHeader(header);
  }
}
