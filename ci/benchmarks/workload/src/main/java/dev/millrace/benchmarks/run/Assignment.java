package dev.millrace.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a contender is told: where to read and write, and the Flink to do it with, which is the same
 * for all of them.
 *
 * @param bootstrapServers the broker
 * @param input the topic to read, whose name those to be written begin with
 * @param folder where checkpoints go, and whatever else is written to files
 * @param state where it has its state
 */
public record Assignment(String bootstrapServers, String input, Path folder, State state) {
  /** Subtasks, and partitions of each topic. */
  public static final int PARALLELISM = 2;

  /** By how much an event may come after a later one; the generator keeps to an hour. */
  public static final Duration OUT_OF_ORDERNESS = Duration.ofHours(1);

  /** After how long a partition is not waited for. */
  public static final Duration IDLENESS = Duration.ofMinutes(1);

  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  /** Reads an assignment from the arguments of a process. */
  public static Assignment parse(String... arguments) {
    return new Assignment(
        arguments[0], arguments[1], Path.of(arguments[2]), State.valueOf(arguments[3]));
  }

  /** What {@link #parse} reads. */
  public List<String> arguments() {
    return List.of(bootstrapServers, input, folder.toString(), state.name());
  }

  /** The topic for what is accepted, once each. */
  public String output() {
    return input + "-accepted";
  }

  /** The topic for what is rejected, if the contender has one. */
  public String rejects() {
    return input + "-rejects";
  }

  /** The topic for the aggregates, if the contender has one. */
  public String aggregates() {
    return input + "-aggregates";
  }

  /** Where Flink keeps its checkpoints. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** How often Flink is to make a checkpoint. */
  public static long checkpointMillis() {
    return CHECKPOINTS.toMillis();
  }

  /**
   * Settings of Flink. Checkpoints of RocksDB have what is new only, and those of the heap all.
   * Memory and slots are those of Millrace's embedded Flink; what is managed is RocksDB's.
   */
  public Map<String, String> flinkSettings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(PARALLELISM));
    settings.put("taskmanager.memory.managed.size", "512m");
    settings.put("taskmanager.memory.network.min", "128m");
    settings.put("taskmanager.memory.network.max", "128m");
    settings.put("state.backend.type", state.flink());
    settings.put("state.backend.incremental", "true");
    settings.put("state.checkpoints.dir", checkpoints().toUri().toString());
    settings.put("execution.checkpointing.interval", CHECKPOINTS.toMillis() + " ms");
    settings.put("io.tmp.dirs", folder.resolve("flink").toString());
    settings.put("rest.address", "127.0.0.1");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("rest.bind-port", "0");
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.bind-host", "127.0.0.1");
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.bind-host", "127.0.0.1");
    settings.put("restart-strategy.type", "none");
    return settings;
  }
}
