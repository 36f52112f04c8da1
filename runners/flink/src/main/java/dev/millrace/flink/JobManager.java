package dev.millrace.flink;

import dev.millrace.dev.Command;
import dev.millrace.dev.Component;
import dev.millrace.dev.Port;
import dev.millrace.dev.Site;
import java.io.IOException;
import java.util.List;

/** The JobManager of a local Flink cluster, with the web page. */
final class JobManager implements Component {
  private static final String MAIN =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";

  private static final String QUERY_PORT = "flink-metrics";
  private static final String METRICS_PORT = "metrics-jobmanager";
  private static final int PREFERRED_REST_PORT = 8081;
  private static final int PREFERRED_METRICS_PORT = 9_249;
  private static final int PREFERRED_INTERNAL_PORT = 16_123;

  @Override
  public String name() {
    return "jobmanager";
  }

  @Override
  public String engine() {
    return ClusterConfig.ENGINE;
  }

  @Override
  public List<Port> ports() {
    return List.of(
        Port.open(ClusterConfig.REST_PORT, PREFERRED_REST_PORT),
        Port.internal(ClusterConfig.RPC_PORT, PREFERRED_INTERNAL_PORT),
        Port.internal(ClusterConfig.BLOB_PORT, PREFERRED_INTERNAL_PORT),
        Port.internal(QUERY_PORT, PREFERRED_INTERNAL_PORT),
        Port.scraped(METRICS_PORT, PREFERRED_METRICS_PORT));
  }

  @Override
  public String module() {
    return ClusterProcess.MODULE;
  }

  @Override
  public Command command(Site site) throws IOException {
    ClusterConfig.of(site)
        .with("metrics.internal.query-service.port", site.port(QUERY_PORT))
        .withMetricsAt(site.port(METRICS_PORT))
        .with("jobmanager.memory.process.size", "1024m")
        .write();
    return ClusterProcess.command(
        site, MAIN, List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  @Override
  public boolean answers(Site site) {
    return ClusterProcess.taskManagers(site).isPresent();
  }
}
