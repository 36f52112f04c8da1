package dev.millrace.io.files;

import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RunMetrics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;

/**
 * Reads the files of a folder as they come. A block has the watermark before it as its timestamp,
 * since that is what its records are late by; then its latest event time moves the watermark.
 */
final class WatchReader extends UnboundedSource.UnboundedReader<RawBlock> {
  private static final long ENDED = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  /** Records alone don't end the pipeline's global window, however late their times. */
  private static final long LATEST = GlobalWindow.INSTANCE.maxTimestamp().getMillis() - 1;

  private final WatchSource source;
  private final WatchSource.Config config;
  private final WatchedFolder folder;
  private final Deque<WatchedFile> waiting = new ArrayDeque<>();
  private RangeReader open;

  /** Of the last file that was taken, how many blocks were given out; whole if none is open. */
  private long blocks;

  private long watermark;
  private long lastArrival;
  private long nextPoll;
  private RawBlock current;
  private Instant currentTime;

  /** A reader from the start, or from where a mark says. */
  WatchReader(WatchSource source, WatchSource.Config config, WatchMark mark) {
    this.source = source;
    this.config = config;
    this.folder = new WatchedFolder(config.patterns(), mark == null ? List.of() : mark.taken());
    this.blocks = mark == null ? WatchMark.WHOLE : mark.blocks();
    this.watermark =
        mark == null ? BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis() : mark.watermarkMillis();
    this.lastArrival = mark == null ? config.pace().clock().millis() : mark.lastArrivalMillis();
    this.nextPoll = mark == null ? Long.MIN_VALUE : mark.nextPollMillis();
  }

  @Override
  public boolean start() throws IOException {
    if (blocks != WatchMark.WHOLE) {
      List<WatchedFile> taken = folder.taken();
      long given = blocks;
      open(taken.get(taken.size() - 1));
      for (; blocks < given; blocks++) {
        open.next();
      }
    }
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    current = next();
    RunMetrics.watermark().set(watermark);
    if (current == null) {
      return false;
    }
    blocks++;
    currentTime = Instant.ofEpochMilli(watermark);
    long latest = config.times().latest().apply(current).getMillis();
    if (latest > BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()) {
      long complete = latest - config.times().maxOutOfOrderness().toMillis();
      watermark = Math.max(watermark, Math.min(complete, LATEST));
    }
    return true;
  }

  /** The next block of the files that are there; null if there is none now. */
  private RawBlock next() throws IOException {
    while (watermark < ENDED) {
      if (open != null) {
        RawBlock block = open.next();
        if (block != null) {
          return block;
        }
        finish();
      } else if (!waiting.isEmpty()) {
        WatchedFile file = waiting.poll();
        open(file);
        folder.take(file);
      } else if (!poll()) {
        return null;
      }
    }
    return null;
  }

  private void open(WatchedFile file) throws IOException {
    MatchedFile matched = WatchedFolder.open(file);
    WatchSource.Content content = config.content();
    FileRange range =
        content.format() == null ? FileRange.of(matched) : FileRange.of(matched, content.format());
    open = RangeReader.open(range, content.dialect(), content.limits());
    blocks = 0;
  }

  private void finish() throws IOException {
    close();
    blocks = WatchMark.WHOLE;
    lastArrival = config.pace().clock().millis();
  }

  /** Looks for files when it is time to, and tells whether there are any; or it is the end. */
  private boolean poll() throws IOException {
    long now = config.pace().clock().millis();
    if (now < nextPoll) {
      return false;
    }
    nextPoll = now + config.pace().pollInterval().toMillis();
    folder.arrived().stream().limit(config.pace().filesPerPoll()).forEach(waiting::add);
    if (!waiting.isEmpty()) {
      lastArrival = now;
      return true;
    }
    if (config.pace().untilIdle() != null
        && now - lastArrival >= config.pace().untilIdle().toMillis()) {
      watermark = ENDED;
    }
    return false;
  }

  @Override
  public RawBlock getCurrent() {
    if (current == null) {
      throw new NoSuchElementException("Cannot read a block: there is none now");
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (current == null) {
      throw new NoSuchElementException("Cannot read a timestamp: there is no block now");
    }
    return currentTime;
  }

  @Override
  public Instant getWatermark() {
    return Instant.ofEpochMilli(watermark);
  }

  @Override
  public WatchMark getCheckpointMark() {
    return new WatchMark(folder.taken(), blocks, watermark, lastArrival, nextPoll);
  }

  @Override
  public WatchSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
