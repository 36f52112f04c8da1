package dev.millrace.benchmarks.flinksql;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The settings of the embedded Flink: the memory of the native peer. */
final class Settings {
  private static final int PARALLELISM = 2;

  private Settings() {}

  static Configuration embedded() {
    Configuration settings = new Configuration();
    settings.setString("execution.target", "local");
    settings.setString("table.local-time-zone", "UTC");
    settings.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    return settings;
  }
}
