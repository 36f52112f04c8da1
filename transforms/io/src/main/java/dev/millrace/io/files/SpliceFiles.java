package dev.millrace.io.files;

import dev.millrace.io.files.WatchSource.EventTimes;
import dev.millrace.record.RawBlock;
import java.time.Duration;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Reads a history of files, then what goes on, such as a topic: unbounded, as one input. The files
 * are those of {@link ReadFiles}, found at launch and read in the order of their names; nothing of
 * what goes on is given out before the last block of the last file.
 *
 * <p>Where the two overlap, records come twice, the copy in the files first: a deduplication behind
 * it has then seen all of the history. Nothing is left out here.
 *
 * <p><b>Watermark.</b> While files are read, the latest event time of what was read, as {@link
 * #withEventTimes} finds it, but never later than where the other begins; either less {@link
 * #withMaxOutOfOrderness}. So what goes on is never late because of the files, also where it
 * overlaps with them. Then it is that of what goes on, once that is further: it never goes back.
 * Blocks have as their timestamp the watermark before them.
 *
 * <p>One reader does it all: see {@link SpliceSource}. After a failure, reading goes on after the
 * last block of the checkpoint, of a file by reading it again from the start. A file that changes
 * or vanishes before it was read to its end fails the run.
 */
public final class SpliceFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final ReadFiles files;
  private final LiveRead live;

  /** Up to which event time nothing more is expected of what goes on. */
  private final Instant from;

  private final EventTimes times;

  private SpliceFiles(ReadFiles files, LiveRead live, Instant from, EventTimes times) {
    this.files = files;
    this.live = live;
    this.from = from;
    this.times = times;
  }

  /**
   * Reads these files, then goes on.
   *
   * @param from where what goes on begins: it has nothing that happened earlier, or nothing that is
   *     to be on time
   */
  public static SpliceFiles of(ReadFiles files, LiveRead live, java.time.Instant from) {
    return new SpliceFiles(
        files,
        live,
        Instant.ofEpochMilli(from.toEpochMilli()),
        new EventTimes(block -> BoundedWindow.TIMESTAMP_MIN_VALUE, Duration.ZERO));
  }

  /**
   * Finds the latest event time in a block of a file, or the earliest timestamp there is if it has
   * none. Without this, the watermark stays where it is until the files are read.
   */
  public SpliceFiles withEventTimes(SerializableFunction<RawBlock, Instant> latest) {
    return new SpliceFiles(files, live, from, new EventTimes(latest, times.maxOutOfOrderness()));
  }

  /** How far the watermark stays behind while files are read; zero unless set. */
  public SpliceFiles withMaxOutOfOrderness(Duration behind) {
    if (behind.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid maxOutOfOrderness: %s (expected zero or more)".formatted(behind));
    }
    return new SpliceFiles(files, live, from, new EventTimes(times.latest(), behind));
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    return input.apply("Read", Read.from(source(live.source()))).setCoder(RawBlock.BlockCoder.of());
  }

  private <M extends UnboundedSource.CheckpointMark> SpliceSource<M> source(
      UnboundedSource<RawBlock, M> live) {
    return new SpliceSource<>(files.source(), times, from, live);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .include("files", files)
        .include("live", live)
        .add(DisplayData.item("from", from))
        .add(DisplayData.item("maxOutOfOrderness", times.maxOutOfOrderness().toString()));
  }
}
