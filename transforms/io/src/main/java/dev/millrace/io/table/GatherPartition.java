package dev.millrace.io.table;

import dev.millrace.record.Partitioning;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.BooleanCoder;
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
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Gathers the chunks of a partition that goes on, and writes them as files when there is enough of
 * them, or when nothing more is to be expected: when the watermark is as far behind the partition's
 * end as the partition is long, and for what comes even later, as long again after it came. A file
 * is named by how often that happened before.
 */
final class GatherPartition extends DoFn<KV<Long, Chunk>, KV<String, WrittenFile>> {
  private static final long serialVersionUID = 1L;

  /** Makes the files of chunks; it travels to the workers. */
  interface Files extends Serializable {
    List<WrittenFile> write(String partition, String part, Iterable<Chunk> chunks)
        throws IOException;
  }

  @StateId("chunks")
  private final StateSpec<BagState<Chunk>> chunksSpec = StateSpecs.bag(Chunk.ChunkCoder.of());

  @StateId("bytes")
  private final StateSpec<ValueState<Long>> bytesSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("written")
  private final StateSpec<ValueState<Integer>> writtenSpec = StateSpecs.value(VarIntCoder.of());

  @StateId("awaited")
  private final StateSpec<ValueState<Boolean>> awaitedSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("complete")
  private final TimerSpec completeSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final String table;
  private final Partitioning partitioning;
  private final Files files;
  private final long enoughBytes;

  GatherPartition(String table, Partitioning partitioning, Files files, long enoughBytes) {
    this.table = table;
    this.partitioning = partitioning;
    this.files = files;
    this.enoughBytes = enoughBytes;
  }

  @ProcessElement
  public void process(
      @Element KV<Long, Chunk> element,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<Long> bytes,
      @StateId("written") ValueState<Integer> written,
      @StateId("awaited") ValueState<Boolean> awaited,
      @TimerId("complete") Timer complete,
      OutputReceiver<KV<String, WrittenFile>> out)
      throws IOException {
    Chunk chunk = element.getValue();
    chunks.add(chunk);
    Long before = bytes.read();
    long now = (before == null ? 0 : before) + chunk.byteSize();
    bytes.write(now);
    if (awaited.read() == null) {
      awaited.write(true);
      complete.set(completion(element.getKey(), complete.getCurrentRelativeTime()));
    }
    if (now >= enoughBytes) {
      write(element.getKey(), chunks, bytes, written, out);
    }
  }

  @OnTimer("complete")
  public void complete(
      @Key Long bucket,
      @StateId("chunks") BagState<Chunk> chunks,
      @StateId("bytes") ValueState<Long> bytes,
      @StateId("written") ValueState<Integer> written,
      @StateId("awaited") ValueState<Boolean> awaited,
      OutputReceiver<KV<String, WrittenFile>> out)
      throws IOException {
    awaited.clear();
    if (bytes.read() != null) {
      write(bucket, chunks, bytes, written, out);
    }
  }

  private void write(
      long bucket,
      BagState<Chunk> chunks,
      ValueState<Long> bytes,
      ValueState<Integer> written,
      OutputReceiver<KV<String, WrittenFile>> out)
      throws IOException {
    int number = written.read() == null ? 0 : written.read();
    String part = String.format(Locale.ROOT, "%s-%05d", PartitionFiles.PART, number);
    for (WrittenFile file : files.write(partitioning.name(bucket), part, chunks.read())) {
      out.output(KV.of(table, file));
    }
    written.write(number + 1);
    chunks.clear();
    bytes.clear();
  }

  private Instant completion(long bucket, Instant watermark) {
    Instant end = Instant.ofEpochMilli(partitioning.endMillis(bucket));
    Duration length = Duration.millis(partitioning.endMillis(0));
    Instant completion = (end.isAfter(watermark) ? end : watermark).plus(length);
    Instant last = GlobalWindow.INSTANCE.maxTimestamp();
    return completion.isBefore(last) ? completion : last;
  }
}
