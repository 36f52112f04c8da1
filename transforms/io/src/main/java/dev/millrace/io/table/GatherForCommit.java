package dev.millrace.io.table;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/**
 * Gathers the chunks of a partition that are in one commit, and writes them as files when there is
 * enough of them, and the rest at the commit's end: then none can come any more, and all is
 * forgotten. The timestamp of a file is the end of its commit.
 *
 * <p>Rows that came packed become a row group as soon as that is worth it. So what is in state, and
 * in each checkpoint, are few rows and the names of files.
 */
final class GatherForCommit extends DoFn<KV<KV<Long, Long>, Chunk>, WrittenFile> {
  private static final long serialVersionUID = 1L;

  @StateId("chunks")
  private final StateSpec<BagState<Chunk>> chunksSpec = StateSpecs.bag(Chunk.ChunkCoder.of());

  /** Of the chunks that are packed, and of those that are encoded. */
  @StateId("bytes")
  private final StateSpec<ValueState<KV<Long, Long>>> bytesSpec =
      StateSpecs.value(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()));

  @StateId("written")
  private final StateSpec<ValueState<Integer>> writtenSpec = StateSpecs.value(VarIntCoder.of());

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final TableConfig config;
  private final RecordSchema schema;
  private final PartitionBuffers.Limits limits;

  GatherForCommit(TableConfig config, RecordSchema schema, PartitionBuffers.Limits limits) {
    this.config = config;
    this.schema = schema;
    this.limits = limits;
  }

  @ProcessElement
  public void process(
      @Element KV<KV<Long, Long>, Chunk> element,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<KV<Long, Long>> bytes,
      @StateId("written") ValueState<Integer> written,
      @TimerId("end") Timer end,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    KV<Long, Long> before = bytes.read();
    if (before == null) {
      end.set(Instant.ofEpochMilli(element.getKey().getKey()));
    }
    Chunk chunk = element.getValue();
    long packed = before == null ? 0 : before.getKey();
    long encoded = before == null ? 0 : before.getValue();
    chunks.add(chunk);
    if (chunk instanceof Chunk.Packed) {
      packed += chunk.byteSize();
    } else {
      encoded += chunk.byteSize();
    }
    if (packed >= limits.worthEncoding()) {
      encoded += encode(element.getKey(), chunks);
      packed = 0;
    }
    bytes.write(KV.of(packed, encoded));
    if (packed + encoded >= limits.total()) {
      write(element.getKey(), chunks, bytes, written, out);
    }
  }

  /** Replaces the rows that are packed by a row group, and gives its size. */
  private long encode(KV<Long, Long> key, BagState<Chunk> chunks) throws IOException {
    List<Chunk> encoded = new ArrayList<>();
    List<Record> rows = new ArrayList<>();
    for (Chunk chunk : chunks.read()) {
      if (chunk instanceof Chunk.Packed packed) {
        packed.rows().forEach(schema, rows::add);
      } else {
        encoded.add(chunk);
      }
    }
    rows.sort(RowOrder.BY_TIME);
    Chunk rowGroup = config.rowGroupsOf(Instant.ofEpochMilli(key.getKey()), schema).add(rows);
    chunks.clear();
    encoded.forEach(chunks::add);
    chunks.add(rowGroup);
    return rowGroup.byteSize();
  }

  @OnTimer("end")
  public void end(
      @Key KV<Long, Long> key,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<KV<Long, Long>> bytes,
      @StateId("written") ValueState<Integer> written,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    if (bytes.read() != null) {
      write(key, chunks, bytes, written, out);
    }
    written.clear();
  }

  private void write(
      KV<Long, Long> key,
      BagState<Chunk> chunks,
      ValueState<KV<Long, Long>> bytes,
      ValueState<Integer> written,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    int number = written.read() == null ? 0 : written.read();
    Instant commit = Instant.ofEpochMilli(key.getKey());
    for (WrittenFile file : config.write(commit, key.getValue(), number, chunks.read(), schema)) {
      out.outputWithTimestamp(file, commit);
    }
    written.write(number + 1);
    chunks.clear();
    bytes.clear();
  }
}
