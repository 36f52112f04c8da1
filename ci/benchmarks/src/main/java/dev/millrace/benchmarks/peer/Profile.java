package dev.millrace.benchmarks.peer;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The settings of the embedded Flink: each was measured against its default. */
final class Profile {
  static final int PARALLELISM = 2;

  private Profile() {}

  static Configuration settings(KeyedState state) {
    Configuration settings = new Configuration();
    settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    // No copies between chained functions; none of them keeps or changes what it was given.
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // Everything shuffled is a POJO or a tuple: fail rather than fall back to Kryo.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    state.configure(settings);
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    return settings;
  }
}
