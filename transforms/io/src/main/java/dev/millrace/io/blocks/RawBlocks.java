package dev.millrace.io.blocks;

import dev.millrace.record.RawBlock;
import java.io.IOException;

/** The records of a stream, as blocks of whole records. */
public interface RawBlocks {
  /** The next block, of at least one record; null at the end. */
  RawBlock next() throws IOException;
}
