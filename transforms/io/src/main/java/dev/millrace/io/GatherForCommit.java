package dev.millrace.io;

import dev.millrace.record.RecordSchema;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
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
 */
final class GatherForCommit extends DoFn<KV<KV<Long, Long>, Chunk>, WrittenFile> {
  private static final long serialVersionUID = 1L;

  @StateId("chunks")
  private final StateSpec<BagState<Chunk>> chunksSpec = StateSpecs.bag(Chunk.ChunkCoder.of());

  @StateId("bytes")
  private final StateSpec<ValueState<Long>> bytesSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("written")
  private final StateSpec<ValueState<Integer>> writtenSpec = StateSpecs.value(VarIntCoder.of());

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final TableConfig config;
  private final RecordSchema schema;
  private final long enoughBytes;

  GatherForCommit(TableConfig config, RecordSchema schema, long enoughBytes) {
    this.config = config;
    this.schema = schema;
    this.enoughBytes = enoughBytes;
  }

  @ProcessElement
  public void process(
      @Element KV<KV<Long, Long>, Chunk> element,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<Long> bytes,
      @StateId("written") ValueState<Integer> written,
      @TimerId("end") Timer end,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    Long before = bytes.read();
    chunks.add(element.getValue());
    bytes.write((before == null ? 0 : before) + element.getValue().byteSize());
    if (before == null) {
      end.set(Instant.ofEpochMilli(element.getKey().getKey()));
    }
    if (bytes.read() >= enoughBytes) {
      write(element.getKey(), chunks, bytes, written, out);
    }
  }

  @OnTimer("end")
  public void end(
      @Key KV<Long, Long> key,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<Long> bytes,
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
      ValueState<Long> bytes,
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
