package dev.millrace.io.kafka;

import dev.millrace.io.ReadException;
import dev.millrace.record.RawBlock;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Reads slices one after the other, each up to its end: until the consumer's position is there, not
 * until a message is, since the last offsets may be those of markers, of aborted transactions or of
 * messages that were compacted away. Where messages wait for the end of a transaction, so does it.
 */
final class SliceReader extends BoundedSource.BoundedReader<RawBlock> {
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final long LOOK_MILLIS = 10_000;

  private final SliceSource source;
  private final Topic topic;
  private final Clock clock;
  private final MessageBlocks blocks;
  private TopicClient client;
  private TopicWatch watch;
  private int next;
  private OffsetSlice slice;
  private long position;
  private long progressed;
  private long nextLook;
  private RawBlock current;

  SliceReader(SliceSource source) {
    this.source = source;
    this.topic = source.config().topic();
    this.clock = source.config().clock();
    this.blocks = new MessageBlocks(topic, source.config().format());
  }

  @Override
  public boolean start() {
    if (!source.slices().isEmpty()) {
      client = TopicClient.open(topic);
      watch = new TopicWatch(topic, source.config().topicId(), clock);
      watch.partitions();
      open();
    }
    return advance();
  }

  private void open() {
    slice = source.slices().get(next++);
    client.fetchOnly(slice.partition(), slice.from());
    position = slice.from();
    progress();
  }

  @Override
  public boolean advance() {
    current = null;
    while (slice != null) {
      MessageBlocks.Fetched fetched = blocks.poll();
      if (fetched != null) {
        current = fetched.block();
        return true;
      }
      if (position < slice.to()) {
        fetch();
      } else if (next < source.slices().size()) {
        open();
      } else {
        slice = null;
      }
    }
    return false;
  }

  private void fetch() {
    ConsumerRecords<byte[], byte[]> messages = client.poll(WAIT);
    blocks.add(messages, slice.to());
    long reached = client.position(slice.partition());
    if (reached > position) {
      position = reached;
      progress();
    } else if (clock.millis() >= nextLook) {
      look();
    }
  }

  private void progress() {
    progressed = clock.millis();
    nextLook = progressed + LOOK_MILLIS;
  }

  /** Finds out why nothing comes, and waits on only if something may. */
  private void look() {
    watch.partitions();
    nextLook = clock.millis() + LOOK_MILLIS;
    if (clock.millis() - progressed >= TopicWatch.PATIENCE.toMillis()) {
      throw new ReadException(
          "Cannot read topic %s, partition %d from offset %d: nothing came for %d minutes (expected every transaction to end by then)"
              .formatted(topic, slice.partition(), position, TopicWatch.PATIENCE.toMinutes()));
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
  public BoundedSource<RawBlock> getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      watch.close();
    }
  }
}
