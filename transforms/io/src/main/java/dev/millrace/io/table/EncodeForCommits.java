package dev.millrace.io.table;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Records to chunks by the commit that they are in, as its end, and partition. Most records of a
 * partition wait for one commit, whatever the window in which they were read, so a bundle has few
 * commits: the chunks of a few are held at a time.
 *
 * <p>The timestamp of a chunk is the last one before the end of its commit: it keeps the watermark
 * from passing that until the chunk has been gathered.
 */
final class EncodeForCommits extends DoFn<Record, KV<KV<Long, Long>, Chunk>> {
  private static final long serialVersionUID = 1L;

  /** What is given out with a later record has the time of its own commit. */
  private static final Duration ANY_SKEW =
      new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  /** Together they hold no more than the buffers of a table otherwise do. */
  private static final int MOST_COMMITS = 4;

  private static final PartitionBuffers.Limits LIMITS =
      PartitionBuffers.Limits.DEFAULT.sharedBy(MOST_COMMITS);

  private final TableConfig config;
  private final RecordSchema schema;
  private transient TreeMap<Long, OfCommit> open;
  private transient Deque<OfCommit> spare;
  private transient IntervalWindow window;
  private transient long bucket;
  private transient OfCommit current;

  EncodeForCommits(TableConfig config, RecordSchema schema) {
    this.config = config;
    this.schema = schema;
  }

  /** What the bundle has of one commit, and of another one when that has been given out. */
  private final class OfCommit {
    private Instant end;
    private final PartitionBuffers buffers =
        new PartitionBuffers(
            schema, config.partitioning(), partition -> config.rowGroupsOf(end, schema), LIMITS);
  }

  /** Takes a chunk at a timestamp. */
  private interface Output {
    void accept(KV<KV<Long, Long>, Chunk> chunk, Instant timestamp);
  }

  @Setup
  public void setUp() {
    open = new TreeMap<>();
    spare = new ArrayDeque<>();
  }

  @StartBundle
  public void startBundle() {
    for (OfCommit failed : open.values()) {
      failed.buffers.clear();
      spare.push(failed);
    }
    open.clear();
    current = null;
  }

  @ProcessElement
  public void processElement(
      @Element Record record, BoundedWindow now, OutputReceiver<KV<KV<Long, Long>, Chunk>> out)
      throws IOException {
    long partition = config.partitioning().bucket(record.eventTimeMillis());
    // Records mostly come in runs of one partition and window.
    if (current == null || partition != bucket || !now.equals(window)) {
      bucket = partition;
      window = (IntervalWindow) now;
      current = find(config.commits().commitOf(partition, window), out::outputWithTimestamp);
    }
    KV<Long, Chunk> full = current.buffers.add(record);
    if (full != null) {
      output(current.end, full, out::outputWithTimestamp);
    }
  }

  private OfCommit find(Instant end, Output output) throws IOException {
    OfCommit found = open.get(end.getMillis());
    if (found == null) {
      if (open.size() == MOST_COMMITS) {
        drain(output);
      }
      found = spare.isEmpty() ? new OfCommit() : spare.pop();
      found.end = end;
      open.put(end.getMillis(), found);
    }
    return found;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    while (!open.isEmpty()) {
      drain((chunk, timestamp) -> context.output(chunk, timestamp, window));
    }
  }

  /** Gives out what there is of the first commit. */
  private void drain(Output output) throws IOException {
    OfCommit first = open.pollFirstEntry().getValue();
    PartitionBuffers buffers = first.buffers;
    for (KV<Long, Chunk> rest = buffers.drain(); rest != null; rest = buffers.drain()) {
      output(first.end, rest, output);
    }
    spare.push(first);
  }

  private static void output(Instant end, KV<Long, Chunk> chunk, Output output) {
    output.accept(
        KV.of(KV.of(end.getMillis(), chunk.getKey()), chunk.getValue()),
        end.minus(Duration.millis(1)));
  }

  @Override
  @Deprecated // by Beam, which has no replacement
  public Duration getAllowedTimestampSkew() {
    return ANY_SKEW;
  }
}
