package dev.millrace.io.table;

import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.beam.sdk.values.KV;

/**
 * Holds the rows of a bundle by partition, and gives them out as chunks: when a partition has
 * enough for a row group, when all partitions together have too much, and at the end. Meant to be
 * kept from bundle to bundle, as it keeps the memory of some buffers.
 */
final class PartitionBuffers {
  private final RecordSchema schema;
  private final Partitioning partitioning;
  private final LongFunction<RowGroups> rowGroups;
  private final Limits limits;

  /** The partitions that have a buffer, ascending, and their buffers. */
  private long[] buckets = new long[16];

  private RecordBlock.Packer[] packers = new RecordBlock.Packer[16];
  private int size;
  private int last;
  private long bytes;

  /** Empty, with memory: as much at most as {@link Limits#total}. */
  private final Deque<RecordBlock.Packer> spare = new ArrayDeque<>();

  private long spareBytes;

  /**
   * How much to hold, in packed bytes.
   *
   * @param rowGroup a partition with that much is encoded
   * @param worthEncoding a partition with less is left packed at the end, to be encoded together
   *     with what other bundles have of it
   * @param total when all partitions have that much, the largest is given out
   */
  record Limits(int rowGroup, int worthEncoding, long total) implements Serializable {
    static final Limits DEFAULT = new Limits(16 << 20, 1 << 20, 64L << 20);

    /** What bundles of a stream leave packed is put together before its commit ends. */
    static final Limits OF_COMMITS = new Limits(16 << 20, 4 << 20, 64L << 20);

    /** For each of so many buffers, which together hold as much. */
    Limits sharedBy(int buffers) {
      return new Limits(rowGroup, worthEncoding, total / buffers);
    }
  }

  /**
   * Empty buffers.
   *
   * @param rowGroups where those of a partition go
   */
  PartitionBuffers(
      RecordSchema schema,
      Partitioning partitioning,
      LongFunction<RowGroups> rowGroups,
      Limits limits) {
    this.schema = schema;
    this.partitioning = partitioning;
    this.rowGroups = rowGroups;
    this.limits = limits;
  }

  /** Adds a row; gives the chunk that has to go for it, or null. */
  KV<Long, Chunk> add(Record row) throws IOException {
    int at = indexOf(partitioning.bucket(row.eventTimeMillis()));
    RecordBlock.Packer packer = packers[at];
    int before = packer.byteSize();
    packer.add(row.withoutOriginal());
    bytes += packer.byteSize() - before;
    if (packer.byteSize() >= limits.rowGroup) {
      return take(at);
    }
    return bytes >= limits.total ? take(largest()) : null;
  }

  /** Forgets the rows of a bundle that failed. */
  void clear() {
    for (int i = 0; i < size; i++) {
      spare(packers[i]);
      packers[i] = null;
    }
    size = 0;
    bytes = 0;
  }

  /** The next of the chunks that remain, in no order; null if none does. */
  KV<Long, Chunk> drain() throws IOException {
    return size == 0 ? null : take(size - 1);
  }

  /** Rows mostly come in runs of one partition, so the last one is tried first. */
  private int indexOf(long bucket) {
    if (last < size && buckets[last] == bucket) {
      return last;
    }
    int found = Arrays.binarySearch(buckets, 0, size, bucket);
    last = found >= 0 ? found : insert(-found - 1, bucket);
    return last;
  }

  private int insert(int at, long bucket) {
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * size);
      packers = Arrays.copyOf(packers, 2 * size);
    }
    System.arraycopy(buckets, at, buckets, at + 1, size - at);
    System.arraycopy(packers, at, packers, at + 1, size - at);
    buckets[at] = bucket;
    packers[at] = spare.isEmpty() ? new RecordBlock.Packer() : unspare();
    size++;
    return at;
  }

  private int largest() {
    int largest = 0;
    for (int i = 1; i < size; i++) {
      largest = packers[i].byteSize() > packers[largest].byteSize() ? i : largest;
    }
    return largest;
  }

  private KV<Long, Chunk> take(int at) throws IOException {
    RecordBlock.Packer packer = packers[at];
    long bucket = buckets[at];
    bytes -= packer.byteSize();
    size--;
    System.arraycopy(buckets, at + 1, buckets, at, size - at);
    System.arraycopy(packers, at + 1, packers, at, size - at);
    packers[size] = null;
    Chunk chunk =
        packer.byteSize() < limits.worthEncoding
            ? new Chunk.Packed(packer.take())
            : encode(bucket, packer);
    spare(packer);
    return KV.of(bucket, chunk);
  }

  private Chunk encode(long bucket, RecordBlock.Packer packer) throws IOException {
    List<Record> rows = new ArrayList<>();
    packer.forEach(schema, rows::add);
    return rowGroups.apply(bucket).add(rows);
  }

  private void spare(RecordBlock.Packer packer) {
    packer.clear();
    if (spareBytes + packer.capacity() <= limits.total) {
      spare.push(packer);
      spareBytes += packer.capacity();
    }
  }

  private RecordBlock.Packer unspare() {
    RecordBlock.Packer packer = spare.pop();
    spareBytes -= packer.capacity();
    return packer;
  }
}
