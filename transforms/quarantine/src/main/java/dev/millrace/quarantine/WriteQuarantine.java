package dev.millrace.quarantine;

import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Rejected;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Writes rejected records to the quarantine: a folder a reason, newline-delimited JSON in it.
 *
 * <p>Every record becomes one line, copies too; the rows of the files that leave add up to the
 * records that entered. Windows and arrival order don't matter: lines are in the order of source,
 * offset and id, so that the same records give the same bytes. A file appears when it is complete
 * and replaces the one of an earlier attempt.
 *
 * <p><b>Unbounded.</b> A file is written in parts, {@code part-00000-00002.ndjson} the third of
 * them: one for each 16 MB of deflated lines, the last when the watermark has come to the end of
 * time, or with {@link #withCommits} to that of a commit. Which lines a part has depends on how
 * they came.
 *
 * <p>Until a file is written, its lines are held in memory, deflated. With more than one shard, the
 * files of a reason are written side by side. A file that can't be written fails the run.
 */
public final class WriteQuarantine
    extends PTransform<PCollection<Rejected>, PCollection<WrittenFile>> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHARDS = 1_000;

  /** Large enough to deflate well, small enough for many bundles at once. */
  static final int BUFFER_BYTES = 4 << 20;

  /** Of a file that goes on, so much is written at once. */
  private static final long PART_BYTES = 16L << 20;

  /** Says the same as the default, which Beam refuses for what is unbounded. */
  private static final Trigger AT_THE_END = Repeatedly.forever(AfterWatermark.pastEndOfWindow());

  private final Config config;

  /** What is configured; without commits they are null. */
  private record Config(
      String folder, QuarantineContext context, int shards, CommitSchedule commits)
      implements Serializable {}

  private WriteQuarantine(Config config) {
    this.config = config;
  }

  /** Writes below {@code folder/quarantine}, in one file a reason. */
  public static WriteQuarantine to(String folder, QuarantineContext context) {
    if (folder == null || folder.isBlank()) {
      throw new IllegalArgumentException("Missing required value: folder");
    }
    if (context == null) {
      throw new IllegalArgumentException("Missing required value: context");
    }
    return new WriteQuarantine(new Config(folder, context, 1, null));
  }

  /** With this many files a reason, 1 to 1000, for runs that reject a great deal. */
  public WriteQuarantine withShards(int shards) {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "Invalid shards: %s (expected 1 to %s)".formatted(shards, MAX_SHARDS));
    }
    return new WriteQuarantine(new Config(config.folder, config.context, shards, config.commits));
  }

  /**
   * Writes unbounded records for the commits of a schedule, whose windows they must be in: each
   * commit has files of its own, below a folder of its name.
   */
  public WriteQuarantine withCommits(CommitSchedule commits) {
    return new WriteQuarantine(new Config(config.folder, config.context, config.shards, commits));
  }

  @Override
  public PCollection<WrittenFile> expand(PCollection<Rejected> rejected) {
    if (config.commits != null) {
      return forCommits(rejected);
    }
    boolean bounded = rejected.isBounded() == IsBounded.BOUNDED;
    PCollection<KV<String, byte[]>> chunks =
        rejected
            .apply("Rewindow", ofOneFiring(bounded ? DefaultTrigger.of() : AT_THE_END))
            .apply("Encode", ParDo.of(new EncodeChunks(config.context, config.shards)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
    PCollection<WrittenFile> files =
        bounded
            ? chunks
                .apply("GroupByFile", GroupByKey.create())
                .apply("Write", ParDo.of(new WriteFiles(config.folder)))
            : chunks.apply("Gather", ParDo.of(new GatherLines(config.folder, PART_BYTES)));
    return files.setCoder(WrittenFile.WrittenFileCoder.of());
  }

  private PCollection<WrittenFile> forCommits(PCollection<Rejected> rejected) {
    WindowFn<?, ?> windows = rejected.getWindowingStrategy().getWindowFn();
    if (!windows.equals(config.commits.windows())) {
      throw new IllegalArgumentException(
          "Invalid windowing of %s: %s (expected the windows of its commits)"
              .formatted(rejected.getName(), windows.getClass().getSimpleName()));
    }
    return rejected
        .apply("EncodeForCommits", ParDo.of(new EncodeForCommits(config.context, config.shards)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
        .apply("Unwindow", ofOneFiring(AT_THE_END))
        .apply("Gather", ParDo.of(new GatherLines(config.folder, PART_BYTES)))
        .setCoder(WrittenFile.WrittenFileCoder.of());
  }

  /**
   * Whatever the windows and triggers were: a second firing would replace the file of the first.
   */
  private static <T> Window<T> ofOneFiring(Trigger trigger) {
    return Window.<T>into(new GlobalWindows())
        .triggering(trigger)
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("folder", config.folder))
        .add(DisplayData.item("shards", config.shards))
        .add(DisplayData.item("contract", config.context.contract()))
        .add(DisplayData.item("contractVersion", config.context.contractVersion()))
        .add(DisplayData.item("pipeline", config.context.pipeline()))
        .add(DisplayData.item("pipelineVersion", config.context.pipelineVersion()))
        .addIfNotDefault(DisplayData.item("commits", String.valueOf(config.commits)), "null");
  }

  private static final class EncodeChunks extends DoFn<Rejected, KV<String, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final Instant LAST = GlobalWindow.INSTANCE.maxTimestamp();

    private final QuarantineContext context;
    private final int shards;
    private transient ChunkBuffer buffer;

    EncodeChunks(QuarantineContext context, int shards) {
      this.context = context;
      this.shards = shards;
    }

    @StartBundle
    public void start() {
      buffer = new ChunkBuffer(BUFFER_BYTES);
    }

    @ProcessElement
    public void process(@Element Rejected rejected, OutputReceiver<KV<String, byte[]>> out) {
      buffer.add(
          QuarantineFile.of(rejected, shards), Line.of(QuarantinedRecord.of(rejected, context)));
      if (buffer.isFull()) {
        buffer.drain((file, chunk) -> out.outputWithTimestamp(KV.of(file, chunk), LAST));
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      buffer.drain((file, chunk) -> bundle.output(KV.of(file, chunk), LAST, GlobalWindow.INSTANCE));
    }
  }

  private static final class WriteFiles extends DoFn<KV<String, Iterable<byte[]>>, WrittenFile> {
    private static final long serialVersionUID = 1L;

    private final String folder;

    WriteFiles(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<byte[]>> chunks, OutputReceiver<WrittenFile> out)
        throws IOException {
      out.output(QuarantineFile.write(folder, chunks.getKey(), chunks.getValue()));
    }
  }
}
