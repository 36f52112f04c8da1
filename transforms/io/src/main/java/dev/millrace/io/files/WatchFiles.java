package dev.millrace.io.files;

import dev.millrace.io.InputException;
import dev.millrace.io.WallClock;
import dev.millrace.io.files.WatchSource.Config;
import dev.millrace.io.files.WatchSource.Content;
import dev.millrace.io.files.WatchSource.EventTimes;
import dev.millrace.io.files.WatchSource.Pace;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Reads files as they come into folders, as blocks of whole records: the unbounded sibling of
 * {@link ReadFiles}, which says what is read of a file and how.
 *
 * <p>The folders are looked into each {@link #withPollInterval}. Files are taken in the order of
 * their modification times, then names. A file must be complete when it appears: write it under a
 * name that starts with a dot, which is passed over, and rename it. A file that changes after it
 * was found fails the run, and a changed file is noticed as long as it lies there. Files that are
 * moved away are forgotten, so that what has to be remembered is what lies in the folder.
 *
 * <p><b>Watermark.</b> The latest event time of what was read, as {@link #withEventTimes} finds it,
 * less {@link #withMaxOutOfOrderness}: how far behind later records may be and still be on time
 * everywhere. It never goes back. Blocks have as their timestamp the watermark before them. How far
 * a runner has passed the watermark on when the next block comes is its own affair; with {@link
 * #withFilesPerPoll} it has the poll interval for that. A record that is behind the watermark when
 * it is read doesn't hold it back everywhere: the DirectRunner may pass it while it is on its way.
 *
 * <p><b>End.</b> None, unless {@link #untilIdle} is set: then the watermark goes to the end of time
 * when nothing came for so long, and with it the pipeline.
 *
 * <p>After a failure, reading goes on after the last block of the checkpoint, by reading its file
 * again from the start. One reader does it all: see {@link WatchSource}.
 */
public final class WatchFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Config config;

  private WatchFiles(Config config) {
    this.config = config;
  }

  /**
   * Watches for files that match any of these patterns, once a second, for ever.
   *
   * @throws InputException if a local folder to watch is not there
   */
  public static WatchFiles matching(List<String> patterns) {
    WatchedFolder.check(patterns);
    return new WatchFiles(
        new Config(
            List.copyOf(patterns),
            new Content(null, CsvDialect.RFC_4180, ReadLimits.DEFAULT),
            new Pace(Duration.ofSeconds(1), Integer.MAX_VALUE, null, WallClock.utc()),
            new EventTimes(block -> BoundedWindow.TIMESTAMP_MIN_VALUE, Duration.ZERO)));
  }

  /** Reads all files in this format, whatever their names. */
  public WatchFiles withFormat(FileFormat format) {
    return with(new Content(format, config.content().dialect(), config.content().limits()));
  }

  /** How CSV files are written. */
  public WatchFiles withDialect(CsvDialect dialect) {
    return with(new Content(config.content().format(), dialect, config.content().limits()));
  }

  /** The length up to which a line, or what else is read as a record, is one. */
  public WatchFiles withMaxLineBytes(int bytes) {
    return with(
        new Content(
            config.content().format(),
            config.content().dialect(),
            config.content().limits().withRecordBytes(bytes)));
  }

  /** How many times its size a compressed file may hold: see {@link ReadFiles}. */
  public WatchFiles withMaxExpansion(int times) {
    return with(
        new Content(
            config.content().format(),
            config.content().dialect(),
            config.content().limits().withExpansion(times)));
  }

  /** How often to look for files. */
  public WatchFiles withPollInterval(Duration interval) {
    Pace pace = config.pace();
    positive("pollInterval", interval);
    return with(new Pace(interval, pace.filesPerPoll(), pace.untilIdle(), pace.clock()));
  }

  /** How many files to take at most each time; the others wait for the next. */
  public WatchFiles withFilesPerPoll(int files) {
    Pace pace = config.pace();
    return with(
        new Pace(
            pace.pollInterval(),
            atLeastOne("filesPerPoll", files),
            pace.untilIdle(),
            pace.clock()));
  }

  /** Ends when no file came for so long since the last one was read. */
  public WatchFiles untilIdle(Duration idle) {
    Pace pace = config.pace();
    positive("untilIdle", idle);
    return with(new Pace(pace.pollInterval(), pace.filesPerPoll(), idle, pace.clock()));
  }

  /** With another clock to wait by. */
  WatchFiles withClock(Clock clock) {
    Pace pace = config.pace();
    return with(new Pace(pace.pollInterval(), pace.filesPerPoll(), pace.untilIdle(), clock));
  }

  /**
   * Finds the latest event time in a block, or the earliest timestamp there is if it has none. A
   * time that isn't plausible must not be among them: it would make all others late. Without this,
   * the watermark stays where it is until the end.
   */
  public WatchFiles withEventTimes(SerializableFunction<RawBlock, Instant> latest) {
    return with(new EventTimes(latest, config.times().maxOutOfOrderness()));
  }

  /** How far the watermark stays behind the latest event time; zero unless set. */
  public WatchFiles withMaxOutOfOrderness(Duration behind) {
    if (behind.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid maxOutOfOrderness: %s (expected zero or more)".formatted(behind));
    }
    return with(new EventTimes(config.times().latest(), behind));
  }

  private WatchFiles with(Content content) {
    return new WatchFiles(new Config(config.patterns(), content, config.pace(), config.times()));
  }

  private WatchFiles with(Pace pace) {
    return new WatchFiles(new Config(config.patterns(), config.content(), pace, config.times()));
  }

  private WatchFiles with(EventTimes times) {
    return new WatchFiles(new Config(config.patterns(), config.content(), config.pace(), times));
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected at least 1)".formatted(name, value));
    }
    return value;
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected 1ms or more)".formatted(name, value));
    }
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    return input
        .apply("Watch", Read.from(new WatchSource(config)))
        .setCoder(RawBlock.BlockCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    Pace pace = config.pace();
    FileFormat format = config.content().format();
    CsvDialect dialect = config.content().dialect();
    builder
        .add(DisplayData.item("input", String.join(",", config.patterns())))
        .add(DisplayData.item("format", format == null ? "by name" : format.name()))
        .add(DisplayData.item("csvDelimiter", String.valueOf(dialect.delimiter())))
        .add(DisplayData.item("csvQuote", String.valueOf(dialect.quote())))
        .add(DisplayData.item("maxLineBytes", config.content().limits().recordBytes()))
        .add(DisplayData.item("maxExpansion", config.content().limits().expansion()))
        .add(DisplayData.item("pollInterval", pace.pollInterval().toString()))
        .add(DisplayData.item("filesPerPoll", pace.filesPerPoll()))
        .add(
            DisplayData.item(
                "untilIdle", pace.untilIdle() == null ? "never" : pace.untilIdle().toString()))
        .add(DisplayData.item("maxOutOfOrderness", config.times().maxOutOfOrderness().toString()));
  }
}
