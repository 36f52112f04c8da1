package dev.millrace.io.kafka;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RunMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.kafka.common.KafkaException;
import org.joda.time.Instant;

/**
 * Reads the partitions of a share as messages come. A block has the watermark before it as its
 * timestamp, since that is what its records are late by; then its latest event time moves that of
 * its partition. It runs in the thread of the runner: while blocks are given out, the consumer's
 * next answer is already on its way.
 */
final class StreamReader extends UnboundedSource.UnboundedReader<RawBlock> {
  /** Shorter than runners wait for more, and long enough for an answer. */
  private static final Duration WAIT = Duration.ofMillis(10);

  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 1_000;
  private static final long LAYOUT_MILLIS = 30_000;

  private final Counter failedCommits = Metrics.counter("kafka", "commits_failed");
  private final AtomicReference<Map<Integer, Long>> toCommit = new AtomicReference<>();
  private final StreamSource source;
  private final StreamSource.Config config;
  private final Clock clock;
  private final MessageBlocks blocks;
  private final Progress progress;
  private final Latency latency = new Latency();
  private TopicClient client;
  private TopicWatch watch;
  private long nextLook = Long.MIN_VALUE;
  private long nextLayout = Long.MIN_VALUE;
  private long messages;
  private long bytes;
  private RawBlock current;
  private Instant currentTime;

  /** A reader from the start, or from where a mark says. */
  StreamReader(StreamSource source, StreamMark mark) {
    this.source = source;
    this.config = source.config();
    this.clock = config.clock();
    this.blocks = new MessageBlocks(config.topic(), config.format());
    this.progress = new Progress(config.times());
    if (mark == null) {
      source.starts().forEach((number, from) -> progress.add(number, from, clock.millis()));
    } else {
      progress.restore(mark);
    }
  }

  @Override
  public boolean start() {
    client = TopicClient.open(config.topic());
    watch = new TopicWatch(config.topic(), config.topicId(), clock);
    client.fetch(progress.offsets());
    latency.show();
    return advance();
  }

  @Override
  public boolean advance() {
    if (current != null) {
      // The runner is back for more: what it was given has been handed on.
      latency.count(current, clock.millis());
    }
    current = null;
    commitFinalized();
    MessageBlocks.Fetched next = next();
    if (next == null) {
      return false;
    }
    current = next.block();
    currentTime = getWatermark();
    messages += current.size();
    bytes += current.array().length;
    long latest = config.times().latest().apply(current).getMillis();
    progress.took(next.partition(), next.nextOffset(), latest, clock.millis());
    return true;
  }

  private MessageBlocks.Fetched next() {
    // Only when all that came was given out: then a partition's position is how far it was read.
    if (blocks.isEmpty() && !progress.isEnded()) {
      look();
      blocks.add(client.poll(WAIT), Long.MAX_VALUE);
    }
    return blocks.poll();
  }

  private void look() {
    long now = clock.millis();
    if (now >= nextLayout) {
      watch.partitions().ifPresent(count -> addUpTo(count, now));
      nextLayout = now + LAYOUT_MILLIS;
    }
    if (now >= nextLook) {
      advanceIdle(now);
      endIfIdle(now);
      show();
      nextLook = now + LOOK_MILLIS;
    }
  }

  private void show() {
    RunMetrics.watermark().set(progress.watermark());
    for (int number : progress.numbers()) {
      client.lag(number).ifPresent(RunMetrics.lag(config.topic().name(), number)::set);
    }
  }

  /** Partitions that were added to the topic are read from their beginning. */
  private void addUpTo(int count, long now) {
    Map<Integer, Long> added = new TreeMap<>();
    for (int number = 0; number < count; number++) {
      if (source.share().has(number) && !progress.has(number)) {
        progress.add(number, 0, now);
        added.put(number, 0L);
      }
    }
    if (!added.isEmpty()) {
      client.fetch(added);
    }
  }

  /** Nothing is late up to now where nothing came for long, and where nothing is there. */
  private void advanceIdle(long now) {
    List<Integer> quiet = progress.quietFor(config.times().idleness().toMillis(), now);
    readToTheEnd(quiet).forEach(number -> progress.complete(number, now));
  }

  private void endIfIdle(long now) {
    if (config.untilIdle() == null) {
      return;
    }
    List<Integer> quiet = progress.quietFor(config.untilIdle().toMillis(), now);
    if (quiet.size() == progress.numbers().size() && readToTheEnd(quiet).size() == quiet.size()) {
      progress.end();
    }
  }

  /** Those that were read to their ends, which the cluster is asked for. */
  private List<Integer> readToTheEnd(List<Integer> partitions) {
    if (partitions.isEmpty()) {
      return partitions;
    }
    Map<Integer, Long> ends = watch.ends(partitions);
    return ends.keySet().stream()
        .filter(number -> client.position(number) >= ends.get(number))
        .toList();
  }

  private void commitFinalized() {
    Map<Integer, Long> offsets = toCommit.getAndSet(null);
    if (offsets != null) {
      client.commit(
          offsets,
          (committed, failure) -> {
            if (failure != null) {
              failedCommits.inc();
            }
          });
    }
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
    return Instant.ofEpochMilli(progress.watermark());
  }

  @Override
  public StreamMark getCheckpointMark() {
    return new StreamMark(
        progress.marks(),
        progress.watermark(),
        config.topic().group() == null ? null : toCommit::set);
  }

  /** An estimate: as many bytes as messages wait, by the average of those that were read. */
  @Override
  public long getSplitBacklogBytes() {
    if (messages == 0) {
      return BACKLOG_UNKNOWN;
    }
    long waiting =
        progress.numbers().stream().mapToLong(number -> client.lag(number).orElse(0)).sum();
    return waiting * (bytes / messages);
  }

  @Override
  public StreamSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    if (client == null) {
      return;
    }
    Map<Integer, Long> offsets = toCommit.getAndSet(null);
    try {
      if (offsets != null) {
        client.commitNow(offsets, COMMIT_PATIENCE);
      }
    } catch (KafkaException e) {
      failedCommits.inc(); // they only show the progress: what is true is in checkpoints
    }
    client.close();
    watch.close();
  }
}
