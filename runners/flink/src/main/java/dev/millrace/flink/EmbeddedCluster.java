package dev.millrace.flink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a Flink cluster inside this process, in place of Flink's defaults, which
 * take a machine for themselves.
 *
 * <p>Flink's own memory lies outside of the heap: {@code managed} for sorting what is grouped, and
 * {@code network} for what is shuffled. Both are fixed, so that the process needs the heap that the
 * launcher gives it and up to three quarters of a gigabyte more, on any machine. There are as many
 * slots as subtasks: Flink's local default is one slot in bounded runs, in which subtasks wait for
 * each other. What is large is compressed before it is shuffled, so Flink does not try again. Files
 * go to the run's scratch folder, and sockets are bound to the loopback address.
 */
record EmbeddedCluster(Map<String, String> settings) {
  private static final String LOOPBACK = "127.0.0.1";

  /** A cluster that runs so many subtasks of a step side by side and spills to a folder. */
  static EmbeddedCluster sized(int parallelism, Path spillTo) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(parallelism));
    settings.put("taskmanager.memory.managed.size", "512m");
    settings.put("taskmanager.memory.network.min", "128m");
    settings.put("taskmanager.memory.network.max", "128m");
    settings.put("taskmanager.network.batch-shuffle.compression.enabled", "false");
    settings.put("io.tmp.dirs", spillTo.toString());
    settings.put("blob.storage.directory", spillTo.toString());
    settings.put("rest.address", LOOPBACK);
    settings.put("rest.bind-address", LOOPBACK);
    settings.put("rest.bind-port", "0");
    settings.put("jobmanager.rpc.address", LOOPBACK);
    settings.put("jobmanager.bind-host", LOOPBACK);
    settings.put("taskmanager.host", LOOPBACK);
    settings.put("taskmanager.bind-host", LOOPBACK);
    settings.put("web.submit.enable", "false");
    settings.put("web.cancel.enable", "false");
    // What has a process of its own has its own login.
    settings.put("security.delegation.tokens.enabled", "false");
    // One attempt: a run that is repeated is a new run, and its staging folder starts empty.
    settings.put("restart-strategy.type", "none");
    return new EmbeddedCluster(settings);
  }

  /** Writes {@code config.yaml} to a folder, and returns the folder. */
  Path writeTo(Path folder) throws IOException {
    FlinkYaml.write(folder, settings);
    return folder;
  }
}
