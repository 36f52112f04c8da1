package dev.millrace.io;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Records to chunks by the commit that they are in, as its end, and partition. Records mostly come
 * in runs of one window, so only those of one are held at a time.
 *
 * <p>The timestamp of a chunk is the last one before the end of its commit: it keeps the watermark
 * from passing that until the chunk has been gathered.
 */
final class EncodeForCommits extends DoFn<Record, KV<KV<Long, Long>, Chunk>> {
  private static final long serialVersionUID = 1L;

  /** What is given out when another window comes has the time of the one before. */
  private static final Duration ANY_SKEW =
      new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private final TableConfig config;
  private final RecordSchema schema;
  private transient PartitionBuffers buffers;
  private transient IntervalWindow window;

  EncodeForCommits(TableConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  /** Takes a chunk at a timestamp. */
  private interface Output {
    void accept(KV<KV<Long, Long>, Chunk> chunk, Instant timestamp);
  }

  @StartBundle
  public void startBundle() {
    if (buffers == null) {
      buffers =
          new PartitionBuffers(
              schema,
              config.partitioning(),
              bucket -> config.rowGroupsOf(commitOf(bucket), schema),
              PartitionBuffers.Limits.OF_COMMITS);
    }
    buffers.clear();
    window = null;
  }

  @ProcessElement
  public void processElement(
      @Element Record record, BoundedWindow now, OutputReceiver<KV<KV<Long, Long>, Chunk>> out)
      throws IOException {
    if (!now.equals(window)) {
      drain(out::outputWithTimestamp);
      window = (IntervalWindow) now;
    }
    KV<Long, Chunk> full = buffers.add(record);
    if (full != null) {
      output(full, out::outputWithTimestamp);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    drain((chunk, timestamp) -> context.output(chunk, timestamp, window));
  }

  private void drain(Output output) throws IOException {
    for (KV<Long, Chunk> rest = buffers.drain(); rest != null; rest = buffers.drain()) {
      output(rest, output);
    }
  }

  private void output(KV<Long, Chunk> chunk, Output output) {
    Instant commit = commitOf(chunk.getKey());
    output.accept(
        KV.of(KV.of(commit.getMillis(), chunk.getKey()), chunk.getValue()),
        commit.minus(Duration.millis(1)));
  }

  private Instant commitOf(long bucket) {
    return config.commits().commitOf(bucket, window);
  }

  @Override
  @Deprecated // by Beam, which has no replacement
  public Duration getAllowedTimestampSkew() {
    return ANY_SKEW;
  }
}
