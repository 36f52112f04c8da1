package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.Tables;
import dev.millrace.io.parquet.RowGroupEncoder;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionBuffersTest {
  private static final long HOUR = 3_600_000L;
  private static final int ROW_BYTES = Events.block(List.of(Events.at(0, 1))).byteSize();

  @TempDir Path folder;

  @Test
  void keepsPartitionsApartInWhateverOrderTheyCome() throws IOException {
    PartitionBuffers buffers = buffers(new PartitionBuffers.Limits(1 << 20, 1 << 20, 1 << 20));
    for (int i = 0; i < 200; i++) {
      assertThat(buffers.add(Events.at((i * 37 % 50 - 25) * HOUR, i)), nullValue());
    }
    TreeMap<Long, Integer> rows = new TreeMap<>();
    for (KV<Long, Chunk> c = buffers.drain(); c != null; c = buffers.drain()) {
      for (Record row : rows(c.getValue())) {
        assertThat(Partitioning.HOUR.bucket(row.eventTimeMillis()), is(c.getKey()));
        rows.merge(c.getKey(), 1, Integer::sum);
      }
    }
    assertThat(rows.size(), is(50));
    assertThat(rows.values().stream().allMatch(count -> count == 4), is(true));
  }

  @Test
  void encodesAPartitionThatFillsARowGroupInTheOrderOfArrival() throws Exception {
    PartitionBuffers buffers =
        buffers(new PartitionBuffers.Limits(3 * ROW_BYTES, ROW_BYTES, 1 << 20));
    buffers.add(Events.at(30, 1));
    buffers.add(Events.at(10, 2));
    KV<Long, Chunk> full = buffers.add(Events.at(20, 3));
    assertThat(full.getKey(), is(0L));
    Chunk.Encoded encoded = (Chunk.Encoded) full.getValue();
    assertThat(encoded.rows(), is(3L));
    assertThat(encoded.first(), equalTo(new Chunk.Position(10, "file", 2)));
    assertThat(
        Tables.query("SELECT id FROM read_parquet('%s/%s')".formatted(folder, encoded.path())),
        contains("1", "2", "3"));
    assertThat(buffers.drain(), nullValue());
  }

  @Test
  void givesOutTheLargestWhenAllTogetherHaveTooMuch() throws IOException {
    PartitionBuffers buffers =
        buffers(new PartitionBuffers.Limits(1 << 20, 1 << 20, 4L * ROW_BYTES));
    buffers.add(Events.at(0, 1));
    buffers.add(Events.at(HOUR, 2));
    buffers.add(Events.at(HOUR, 3));
    KV<Long, Chunk> largest = buffers.add(Events.at(2 * HOUR, 4));
    assertThat(largest.getKey(), is(1L));
    assertThat(
        rows(largest.getValue()).stream().map(row -> row.longAt(0)).toList(), contains(2L, 3L));
    assertThat(buffers.add(Events.at(HOUR, 5)), nullValue());
    assertThat(buffers.add(Events.at(HOUR, 6)).getKey(), is(1L));
  }

  @Test
  void leavesAFewRowsPackedAndEncodesMore() throws IOException {
    PartitionBuffers buffers =
        buffers(new PartitionBuffers.Limits(1 << 20, 2 * ROW_BYTES, 1 << 20));
    buffers.add(Events.at(0, 1));
    buffers.add(Events.at(HOUR, 2));
    buffers.add(Events.at(HOUR, 3));
    TreeMap<Long, Chunk> chunks = new TreeMap<>();
    for (KV<Long, Chunk> c = buffers.drain(); c != null; c = buffers.drain()) {
      chunks.put(c.getKey(), c.getValue());
    }
    assertThat(chunks.get(0L), instanceOf(Chunk.Packed.class));
    assertThat(chunks.get(1L), instanceOf(Chunk.Encoded.class));
  }

  private PartitionBuffers buffers(PartitionBuffers.Limits limits) {
    return new PartitionBuffers(
        Events.SCHEMA,
        Partitioning.HOUR,
        bucket ->
            new RowGroups(
                new OutputFolder(folder.toString()),
                "records",
                new RowGroupEncoder(Events.SCHEMA, Compression.NONE)),
        limits);
  }

  private static List<Record> rows(Chunk chunk) {
    List<Record> rows = new ArrayList<>();
    ((Chunk.Packed) chunk).rows().forEach(Events.SCHEMA, rows::add);
    return rows;
  }
}
