package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.events.EventStream;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A contender's turn: a process, topics and a folder of its own, gone when it is closed. */
final class StreamTrial implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LOOK_AT_RESULTS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Checkpoints until one was begun after the last event: the first may have gone on then. */
  private static final int CHECKPOINTS_TO_WAIT = 2;

  private final Broker broker;
  private final StreamContender contender;
  private final String classPath;
  private final Assignment assignment;
  private final File log;
  private final TopicReader topics;

  /** A turn whose log is added to one in a folder. */
  StreamTrial(
      Broker broker, StreamContender contender, String classPath, Assignment assignment, Path logs)
      throws IOException {
    this.broker = broker;
    this.contender = contender;
    this.classPath = classPath;
    this.assignment = assignment;
    this.log = logs.resolve("stream-" + contender.key() + ".log").toFile();
    broker.createTopics(assignment);
    this.topics = new TopicReader(broker.bootstrapServers());
  }

  /** Has the contender work off a backlog. */
  Turn<Saturation> saturate(long messages) throws Exception {
    EventStream events = EventStream.ofThreeDays(messages);
    try (EventSender sender =
        new EventSender(broker.bootstrapServers(), assignment.input(), events)) {
      sender.sendBacklog(messages);
      long due = events.truth().events();
      try (StreamProcess process = StreamProcess.start(contender, classPath, assignment, log)) {
        awaitOutput(process, due / 2);
        Duration cpuHalf = process.cpu();
        awaitOutput(process, due);
        Duration cpu = process.cpu();
        long checkpointBytes = nextCheckpoint(process);
        long peak = process.peakRssMiB();
        sender.sendClosers();
        Checked checked = check(process, events);
        long[] times = checked.accepted().appended().values().stream().mapToLong(t -> t).toArray();
        Arrays.sort(times);
        double wall = secondsBetween(times, 0, due - 1);
        double warmWall = secondsBetween(times, due / 2, due - 1);
        return new Turn<>(
            new Saturation(
                messages,
                wall,
                warmWall,
                cpu.toNanos() / 1e9,
                cpu.minus(cpuHalf).toNanos() / 1e9,
                peak,
                checkpointBytes),
            checked.differences());
      }
    }
  }

  /** Has the contender keep up with a rate, which is measured when it has done so for a while. */
  Turn<Steadiness> keepUp(long rate, long warmUpSeconds, long seconds) throws Exception {
    EventStream events = EventStream.asTheClock(rate);
    try (EventSender sender =
            new EventSender(broker.bootstrapServers(), assignment.input(), events);
        StreamProcess process = StreamProcess.start(contender, classPath, assignment, log)) {
      sender.sendSteadily(rate, warmUpSeconds);
      long from = System.currentTimeMillis();
      long start = System.nanoTime();
      Map<String, Long> sent = sender.sendSteadily(rate, seconds);
      double reached = rate * seconds / ((System.nanoTime() - start) / 1e9);
      awaitOutput(process, events.truth().events());
      sender.sendClosers();
      Checked checked = check(process, events);
      Steadiness steadiness = Steadiness.of(sent, checked.accepted().appended(), from, reached);
      return new Turn<>(steadiness, checked.differences());
    }
  }

  /** Waits for so many messages in the output topic, as long as more of them come. */
  private void awaitOutput(StreamProcess process, long due) throws IOException {
    long last = -1;
    long deadline = 0;
    while (last < due) {
      long size = topics.size(assignment.output());
      if (size > last) {
        last = size;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        return; // what is missing is a difference
      }
      process.requireAlive();
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private long nextCheckpoint(StreamProcess process) throws IOException {
    if (contender.recovery() != StreamContender.Recovery.CHECKPOINTS) {
      return Saturation.NO_CHECKPOINT;
    }
    Checkpoints checkpoints = new Checkpoints(assignment.checkpoints());
    long wanted = checkpoints.last() + CHECKPOINTS_TO_WAIT;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (checkpoints.last() < wanted) {
      process.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IOException("Cannot measure a checkpoint: none is completed; see " + log);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return checkpoints.bytes();
  }

  private record Checked(AcceptedEvents accepted, List<String> differences) {}

  /** Windows and tables are complete a while after the closers: waits until all is right. */
  private Checked check(StreamProcess process, EventStream events)
      throws IOException, SQLException {
    awaitOutput(process, events.truth().events());
    StreamResults results = contender.results().apply(topics, assignment);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> rest = StreamCheck.differences(events.truth(), events.hours(), results);
    while (!rest.isEmpty() && System.nanoTime() < deadline) {
      process.requireAlive();
      LockSupport.parkNanos(LOOK_AT_RESULTS.toNanos());
      rest = StreamCheck.differences(events.truth(), events.hours(), results);
    }
    AcceptedEvents accepted = AcceptedEvents.read(topics, assignment.output());
    List<String> all = new ArrayList<>(StreamCheck.differences(events.truth(), accepted));
    all.addAll(rest);
    return new Checked(accepted, all);
  }

  private static double secondsBetween(long[] times, long from, long to) {
    int last = (int) Math.min(to, times.length - 1L);
    int first = (int) Math.min(from, last);
    return (times[last] - times[first]) / 1e3;
  }

  @Override
  public void close() throws IOException {
    topics.close();
    broker.deleteTopics(assignment);
    Folders.delete(assignment.folder());
  }

  /** What was measured, and what was wrong with what was written. */
  record Turn<T>(T measured, List<String> differences) {}
}
