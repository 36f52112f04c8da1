package dev.millrace.flink;

import dev.millrace.dev.Command;
import dev.millrace.dev.Component;
import dev.millrace.dev.Port;
import dev.millrace.dev.Site;
import dev.millrace.launch.JavaOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A TaskManager of a local Flink cluster, of some two gigabytes: one of heap, and half of one for
 * RocksDB.
 */
final class TaskManager implements Component {
  private static final String MAIN = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final int PREFERRED_PORT = 16_200;
  private static final int PREFERRED_METRICS_PORT = 9_250;

  private final String name;

  TaskManager(int number) {
    name = "taskmanager-" + number;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String engine() {
    return ClusterConfig.ENGINE;
  }

  @Override
  public List<Port> ports() {
    return List.of(
        Port.internal(dataPort(), PREFERRED_PORT),
        Port.internal(rpcPort(), PREFERRED_PORT),
        Port.internal(queryPort(), PREFERRED_PORT),
        Port.scraped(metricsPort(), PREFERRED_METRICS_PORT));
  }

  @Override
  public String module() {
    return ClusterProcess.MODULE;
  }

  /** Every part of the memory is given: Flink's scripts, which would work them out, aren't here. */
  @Override
  public Command command(Site site) throws IOException {
    ClusterConfig.of(site)
        .with("taskmanager.resource-id", site.start())
        .with("taskmanager.rpc.port", site.port(rpcPort()))
        .with("taskmanager.data.port", site.port(dataPort()))
        .with("metrics.internal.query-service.port", site.port(queryPort()))
        .withMetricsAt(site.port(metricsPort()))
        .with("taskmanager.numberOfTaskSlots", site.slots())
        .with("taskmanager.cpu.cores", "%d.0".formatted(site.slots()))
        .with("taskmanager.memory.framework.heap.size", "128m")
        .with("taskmanager.memory.task.heap.size", "896m")
        .with("taskmanager.memory.framework.off-heap.size", "128m")
        .with("taskmanager.memory.task.off-heap.size", "64m")
        .with("taskmanager.memory.network.min", "128m")
        .with("taskmanager.memory.network.max", "128m")
        .with("taskmanager.memory.managed.size", "384m")
        .with("taskmanager.memory.jvm-metaspace.size", "384m")
        .with("taskmanager.memory.jvm-overhead.min", "128m")
        .with("taskmanager.memory.jvm-overhead.max", "128m")
        .write();
    List<String> options = new ArrayList<>(JavaOptions.OPTIMIZE_LATE);
    options.addAll(
        List.of(
            "-Xmx1024m",
            "-XX:MaxDirectMemorySize=320m",
            "-XX:MaxMetaspaceSize=384m",
            "-XX:+UseParallelGC"));
    return ClusterProcess.command(site, MAIN, options);
  }

  /** It answers to the JobManager, which lists those it knows under the name of their start. */
  @Override
  public boolean answers(Site site) {
    return ClusterProcess.taskManagers(site)
        .filter(names -> names.contains(site.start()))
        .isPresent();
  }

  private String dataPort() {
    return name + "-data";
  }

  private String rpcPort() {
    return name + "-rpc";
  }

  private String queryPort() {
    return name + "-metrics";
  }

  private String metricsPort() {
    return "metrics-" + name;
  }
}
