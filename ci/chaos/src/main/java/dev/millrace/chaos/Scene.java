package dev.millrace.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** All that takes part in a run: servers, topics, a table, and the job. */
final class Scene implements AutoCloseable {
  static final Checker.Topics TOPICS =
      new Checker.Topics("flights", "flights.published", "flights.rejected");
  private static final int PARALLELISM = 2;

  private final Path folder;
  private final Stack stack;
  private final Database database;
  private final Table table;
  private final Job job;
  private SmallDisk disk;

  private Scene(Path home, Path folder) throws Exception {
    this.folder = folder;
    Millrace millrace = new Millrace(home);
    this.stack = new Stack(millrace, folder.resolve("stack"));
    this.database = new Database(folder.resolve("database"));
    this.table = new Table(database.url(), "flights");
    this.job = new Job(millrace, stack, options(home), PARALLELISM);
  }

  /**
   * Starts all of it but the job.
   *
   * @param home the folder of the source
   * @param folder where all is written
   * @param faults what will happen: filling a disk takes one of its own
   */
  static Scene set(Path home, Path folder, Set<Fault> faults) throws Exception {
    Files.createDirectories(folder);
    Scene scene = new Scene(home, folder);
    try {
      scene.start(faults);
      return scene;
    } catch (Exception e) {
      scene.close();
      throw e;
    }
  }

  private void start(Set<Fault> faults) throws Exception {
    table.create();
    stack.up("--task-managers=2", "--slots=2");
    if (faults.contains(Fault.FILL_CHECKPOINT_DISK)) {
      disk = SmallDisk.mount(stack.checkpoints());
    }
    stack.call(
        List.of(
            "dev",
            "topic",
            TOPICS.input(),
            TOPICS.output(),
            TOPICS.deadLetters(),
            "--partitions=" + Script.PARTITIONS));
  }

  private List<String> options(Path home) {
    return List.of(
        "--contract=" + home.resolve("testdata/flights/flights.odcs.yaml"),
        "--topic=" + TOPICS.input(),
        // Only what was read moves the watermark: how long a fault lasts doesn't.
        "--idleness=1d",
        "--commit-interval=6h",
        "--output=" + output(),
        "--outputTopic=" + TOPICS.output(),
        "--outputKey=origin",
        "--deadLetterTopic=" + TOPICS.deadLetters(),
        "--delivery=exactly-once",
        "--jdbcUrl=" + database.plainUrl(),
        "--jdbcUser=postgres",
        "--jdbcTable=" + table.name(),
        "--jdbcKey=" + Table.KEY);
  }

  /** Submits the job. */
  void begin() throws Exception {
    job.submit();
    job.awaitRunning();
  }

  Stack stack() {
    return stack;
  }

  Database database() {
    return database;
  }

  SmallDisk checkpointDisk() {
    return disk;
  }

  Job job() {
    return job;
  }

  Table table() {
    return table;
  }

  Path output() {
    return folder.resolve("out");
  }

  TopicReader topics() {
    return new TopicReader(stack.brokers());
  }

  /** Ends all of it, whatever of it fails to end. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Closeable part : Arrays.asList(stack, disk, database)) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
