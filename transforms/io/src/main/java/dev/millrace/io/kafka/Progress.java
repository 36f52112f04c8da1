package dev.millrace.io.kafka;

import dev.millrace.io.kafka.StreamSource.EventTimes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;

/**
 * How far the partitions of one reader are: the next offset of each, and its watermark. That of the
 * reader is the least of them, and never goes back.
 */
final class Progress {
  private static final long STARTED = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long ENDED = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  /** Records alone don't end the pipeline's global window, however late their times. */
  private static final long LATEST = GlobalWindow.INSTANCE.maxTimestamp().getMillis() - 1;

  private static final class Partition {
    private long nextOffset;
    private long watermark = STARTED;
    private long active;

    private void advance(long to) {
      watermark = Math.max(watermark, Math.min(to, LATEST));
    }
  }

  private final EventTimes times;
  private final Map<Integer, Partition> partitions = new TreeMap<>();
  private long watermark = STARTED;

  Progress(EventTimes times) {
    this.times = times;
  }

  /** Goes on from a mark. */
  void restore(StreamMark mark) {
    for (StreamMark.Partition marked : mark.partitions()) {
      add(marked.number(), marked.nextOffset(), marked.activeMillis());
      partitions.get(marked.number()).watermark = marked.watermarkMillis();
    }
    watermark = mark.watermarkMillis();
  }

  /** Adds a partition, which holds the watermark until it has messages or is idle. */
  void add(int number, long offset, long now) {
    Partition partition = new Partition();
    partition.nextOffset = offset;
    partition.active = now;
    partitions.put(number, partition);
  }

  /** A block was given out, of which this is the latest event time. */
  void took(int number, long nextOffset, long latest, long now) {
    Partition partition = partitions.get(number);
    partition.nextOffset = nextOffset;
    partition.active = now;
    if (latest > STARTED) {
      long plausible = Math.min(latest, now + times.maxClockSkew().toMillis());
      partition.advance(plausible - times.maxOutOfOrderness().toMillis());
      advance();
    }
  }

  /** Up to this time, all messages of a partition were given out. */
  void complete(int number, long time) {
    partitions.get(number).advance(time - times.maxOutOfOrderness().toMillis());
    advance();
  }

  private void advance() {
    long least = LATEST;
    for (Partition partition : partitions.values()) {
      least = Math.min(least, partition.watermark);
    }
    watermark = Math.max(watermark, least);
  }

  /** Nothing will come any more. */
  void end() {
    watermark = ENDED;
  }

  boolean isEnded() {
    return watermark == ENDED;
  }

  long watermark() {
    return watermark;
  }

  boolean has(int number) {
    return partitions.containsKey(number);
  }

  Collection<Integer> numbers() {
    return partitions.keySet();
  }

  /** The partitions of which nothing came for so long. */
  List<Integer> quietFor(long millis, long now) {
    List<Integer> quiet = new ArrayList<>();
    partitions.forEach(
        (number, partition) -> {
          if (now - partition.active >= millis) {
            quiet.add(number);
          }
        });
    return quiet;
  }

  /** Where each partition goes on. */
  Map<Integer, Long> offsets() {
    Map<Integer, Long> offsets = new TreeMap<>();
    partitions.forEach((number, partition) -> offsets.put(number, partition.nextOffset));
    return offsets;
  }

  List<StreamMark.Partition> marks() {
    List<StreamMark.Partition> marks = new ArrayList<>();
    partitions.forEach(
        (number, at) ->
            marks.add(new StreamMark.Partition(number, at.nextOffset, at.watermark, at.active)));
    return marks;
  }
}
