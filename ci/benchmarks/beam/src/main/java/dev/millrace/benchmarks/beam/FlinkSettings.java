package dev.millrace.benchmarks.beam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The runner's options and the embedded cluster's settings, as Millrace's launcher has them. */
final class FlinkSettings {
  private static final String CLUSTER =
      """
      taskmanager.numberOfTaskSlots: 2
      taskmanager.memory.managed.size: 512m
      taskmanager.memory.network.min: 128m
      taskmanager.memory.network.max: 128m
      """;

  private FlinkSettings() {}

  static PipelineOptions options() throws IOException {
    Path folder = Files.createTempDirectory("benchmark");
    Path config = Files.writeString(folder.resolve("config.yaml"), CLUSTER);
    config.toFile().deleteOnExit();
    return PipelineOptionsFactory.fromArgs(
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism=2",
            "--objectReuse",
            "--fasterCopy",
            "--flinkConfDir=" + folder)
        .create();
  }
}
