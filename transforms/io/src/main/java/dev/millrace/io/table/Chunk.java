package dev.millrace.io.table;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * What is shuffled of a partition: few rows as they are, many as the file that they are encoded in.
 */
sealed interface Chunk {

  /** How many bytes it takes, here or in its file. */
  long byteSize();

  /** Too few rows for a row group of their own: to be encoded together with others. */
  record Packed(RecordBlock rows) implements Chunk {
    @Override
    public long byteSize() {
      return rows.byteSize();
    }
  }

  /**
   * A row group, in a file of its own.
   *
   * @param first the place of its first row in the order of rows, wherever that is in it
   * @param bytes the size of the file
   * @param path the file, relative to the output folder
   */
  record Encoded(Position first, long rows, long bytes, String path) implements Chunk {
    @Override
    public long byteSize() {
      return bytes;
    }
  }

  /** The place of a row in the order of rows. */
  record Position(long eventTimeMillis, String source, long offset)
      implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::eventTimeMillis)
            .thenComparing(Position::source)
            .thenComparingLong(Position::offset);

    static Position of(Record row) {
      return new Position(row.eventTimeMillis(), row.source(), row.offset());
    }

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The coder: a byte for the kind, then the block, or position, rows, bytes and path.
   * Deterministic.
   */
  final class ChunkCoder extends AtomicCoder<Chunk> {
    private static final long serialVersionUID = 1L;
    private static final ChunkCoder INSTANCE = new ChunkCoder();
    private static final int PACKED = 0;
    private static final int ENCODED = 1;

    private ChunkCoder() {}

    static ChunkCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(Chunk chunk, OutputStream out) throws IOException {
      if (chunk instanceof Packed packed) {
        out.write(PACKED);
        RecordBlock.BlockCoder.of().encode(packed.rows, out);
      } else if (chunk instanceof Encoded encoded) {
        out.write(ENCODED);
        VarLongCoder.of().encode(encoded.first.eventTimeMillis, out);
        StringUtf8Coder.of().encode(encoded.first.source, out);
        VarLongCoder.of().encode(encoded.first.offset, out);
        VarLongCoder.of().encode(encoded.rows, out);
        VarLongCoder.of().encode(encoded.bytes, out);
        StringUtf8Coder.of().encode(encoded.path, out);
      }
    }

    @Override
    public Chunk decode(InputStream in) throws IOException {
      if (in.read() == PACKED) {
        return new Packed(RecordBlock.BlockCoder.of().decode(in));
      }
      long eventTime = VarLongCoder.of().decode(in);
      String source = StringUtf8Coder.of().decode(in);
      long offset = VarLongCoder.of().decode(in);
      long rows = VarLongCoder.of().decode(in);
      long bytes = VarLongCoder.of().decode(in);
      return new Encoded(
          new Position(eventTime, source, offset), rows, bytes, StringUtf8Coder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
