package dev.millrace.quarantine;

import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Rejected;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/**
 * Rejected records to packed lines by the file that they go to, of the commit whose window they are
 * in. Their timestamp is the last of that window: it keeps the watermark from passing the end of
 * the commit until the lines have been gathered.
 */
final class EncodeForCommits extends DoFn<Rejected, KV<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** What is given out when another window comes has the time of the one before. */
  private static final Duration ANY_SKEW =
      new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private final QuarantineContext context;
  private final int shards;
  private transient ChunkBuffer buffer;
  private transient BoundedWindow window;

  EncodeForCommits(QuarantineContext context, int shards) {
    this.context = context;
    this.shards = shards;
  }

  @StartBundle
  public void start() {
    buffer = new ChunkBuffer(WriteQuarantine.BUFFER_BYTES);
    window = null;
  }

  @ProcessElement
  public void process(
      @Element Rejected rejected, BoundedWindow now, OutputReceiver<KV<String, byte[]>> out) {
    if (!now.equals(window) || buffer.isFull()) {
      buffer.drain(
          (file, chunk) -> out.outputWithTimestamp(KV.of(file, chunk), window.maxTimestamp()));
      window = now;
    }
    String commit = CommitSchedule.name(((IntervalWindow) now).end());
    buffer.add(
        QuarantineFile.inCommit(commit, QuarantineFile.of(rejected, shards)),
        Line.of(QuarantinedRecord.of(rejected, context)));
  }

  @FinishBundle
  public void finish(FinishBundleContext bundle) {
    buffer.drain((file, chunk) -> bundle.output(KV.of(file, chunk), window.maxTimestamp(), window));
  }

  @Override
  @Deprecated // by Beam, which has no replacement
  public Duration getAllowedTimestampSkew() {
    return ANY_SKEW;
  }
}
