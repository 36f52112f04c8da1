package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * Records of one schema packed and compressed into one array, so that a shuffle moves few small
 * elements instead of many large ones: runners copy, spill and merge what they group several times.
 * Immutable; the order of the records is the order in which they were added.
 *
 * <p>A record in the block: event time, offset (8 bytes each), source, content length, original
 * length or -1 (4 bytes each), content, original. With the envelope of a message, the original
 * length is -2 less the length of both. Sources are an index into the block's table. The records
 * together are one LZ4 block (github.com/lz4/lz4, doc/lz4_Block_format.md), or stored as they are
 * where that isn't shorter.
 */
public final class RecordBlock {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER = 8 + 8 + 4 + 4 + 4;
  private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.fastestInstance().safeDecompressor();

  private final List<String> sources;
  private final int length;
  private final byte[] stored;

  private RecordBlock(List<String> sources, int length, byte[] stored) {
    this.sources = sources;
    this.length = length;
    this.stored = stored;
  }

  /**
   * Gives every record of the block to a consumer, in order. The records are views of one array:
   * they are cheap, and keep all of the block in memory as long as they are referenced.
   */
  public void forEach(RecordSchema schema, Consumer<Record> consumer) {
    unpack(sources, records(), length, schema, consumer);
  }

  private byte[] records() {
    if (stored.length == length) {
      return stored;
    }
    byte[] records = new byte[length];
    int restored = DECOMPRESSOR.decompress(stored, 0, stored.length, records, 0);
    if (restored != length) {
      throw new LZ4Exception("Cannot unpack records: " + restored + " of " + length + " bytes");
    }
    return records;
  }

  private static void unpack(
      List<String> sources,
      byte[] array,
      int length,
      RecordSchema schema,
      Consumer<Record> consumer) {
    int at = 0;
    while (at < length) {
      int contentLength = (int) INTS.get(array, at + 20);
      int kept = (int) INTS.get(array, at + 24);
      consumer.accept(
          new Record(
              schema,
              array,
              at + HEADER,
              contentLength,
              kept,
              (long) LONGS.get(array, at),
              sources.get((int) INTS.get(array, at + 16)),
              (long) LONGS.get(array, at + 8)));
      at += HEADER + contentLength + Record.keptLength(kept);
    }
  }

  /** The bytes that the records take, uncompressed. */
  public int byteSize() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordBlock that
        && sources.equals(that.sources)
        && length == that.length
        && Arrays.equals(stored, that.stored);
  }

  @Override
  public int hashCode() {
    return 31 * sources.hashCode() + Arrays.hashCode(stored);
  }

  /** Packs records into blocks. Not thread-safe; meant to be kept, since it keeps its array. */
  public static final class Packer {
    private final List<String> sources = new ArrayList<>();
    private byte[] array = new byte[1 << 10];
    private int length;

    /** Adds a record. */
    public void add(Record record) {
      int bytes = record.contentLength() + Record.keptLength(record.kept());
      if (length + HEADER + bytes > array.length) {
        array = Arrays.copyOf(array, Math.max(2 * array.length, length + HEADER + bytes));
      }
      LONGS.set(array, length, record.eventTimeMillis());
      LONGS.set(array, length + 8, record.offset());
      INTS.set(array, length + 16, indexOf(record.source()));
      INTS.set(array, length + 20, record.contentLength());
      INTS.set(array, length + 24, record.kept());
      System.arraycopy(record.array(), record.contentStart(), array, length + HEADER, bytes);
      length += HEADER + bytes;
    }

    /** The bytes that the records added so far take. */
    public int byteSize() {
      return length;
    }

    /** The bytes that can be added up to without taking more memory. */
    public int capacity() {
      return array.length;
    }

    /**
     * Gives the records added so far to a consumer, without a block being made of them. They are
     * views that hold until the next record is added.
     */
    public void forEach(RecordSchema schema, Consumer<Record> consumer) {
      unpack(sources, array, length, schema, consumer);
    }

    /** Forgets the records added so far. */
    public void clear() {
      sources.clear();
      length = 0;
    }

    /** The block of all records added since the last call; the packer is then empty. */
    public RecordBlock take() {
      byte[] compressed = COMPRESSOR.compress(array, 0, length);
      boolean shorter = compressed.length < length;
      RecordBlock block =
          new RecordBlock(
              List.copyOf(sources), length, shorter ? compressed : Arrays.copyOf(array, length));
      clear();
      return block;
    }

    /** Sources differ in their last letters, if at all, so hashes are compared before those. */
    private int indexOf(String source) {
      int hash = source.hashCode();
      for (int i = sources.size() - 1; i >= 0; i--) {
        if (sources.get(i).hashCode() == hash && sources.get(i).equals(source)) {
          return i;
        }
      }
      sources.add(source);
      return sources.size() - 1;
    }
  }

  /**
   * The coder: sources (count, then strings), length of the records, length of what is stored,
   * stored bytes. Lengths are variable-length integers. Deterministic.
   */
  public static final class BlockCoder extends AtomicCoder<RecordBlock> {
    private static final long serialVersionUID = 1L;
    private static final BlockCoder INSTANCE = new BlockCoder();

    private BlockCoder() {}

    /** The one coder of blocks, whatever the schema of the records. */
    public static BlockCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(RecordBlock block, OutputStream out) throws IOException {
      VarInt.encode(block.sources.size(), out);
      for (String source : block.sources) {
        Bytes.writeString(source, out);
      }
      VarInt.encode(block.length, out);
      Bytes.writeBytes(block.stored, out);
    }

    @Override
    public RecordBlock decode(InputStream in) throws IOException {
      int count = VarInt.decodeInt(in);
      List<String> sources = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        sources.add(Bytes.readString(in));
      }
      int length = VarInt.decodeInt(in);
      return new RecordBlock(sources, length, Bytes.readBytes(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
