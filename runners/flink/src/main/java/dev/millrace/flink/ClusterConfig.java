package dev.millrace.flink;

import dev.millrace.dev.Site;
import dev.millrace.flink.metrics.ScrapeReporterFactory;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every process of a local Flink cluster is told, in the terms of Flink's {@code config.yaml}.
 *
 * <p>State is in RocksDB, its checkpoints are incremental and, with savepoints, in the stack's
 * folder, where they outlive the processes. A job that fails is started again from its last
 * checkpoint, after a pause that grows to half a minute, for as long as it takes: what is wrong may
 * be another process that is about to come back. That one is missed within ten seconds.
 *
 * <p>Everything binds to the loopback address, where each process has an endpoint for Prometheus,
 * too: not by Flink's own reporter, which can't be told an address. The web page shows jobs and
 * logs; it can cancel a job, but takes no new ones.
 */
final class ClusterConfig {
  /** What its processes are parts of. */
  static final String ENGINE = "flink";

  static final String REST_PORT = "flink";
  static final String RPC_PORT = "flink-rpc";
  static final String BLOB_PORT = "flink-blob";

  private final Site site;
  private final Map<String, String> settings = new TreeMap<>();

  private ClusterConfig(Site site) {
    this.site = site;
  }

  /** What all processes of the cluster have in common. */
  static ClusterConfig of(Site site) {
    ClusterConfig config = new ClusterConfig(site);
    return config
        .with(SameMachine.FILE, FlinkYaml.in(site.folder()))
        .with(SameMachine.START, site.start())
        .with("jobmanager.rpc.address", Site.LOOPBACK)
        .with("jobmanager.rpc.port", site.port(RPC_PORT))
        .with("jobmanager.bind-host", Site.LOOPBACK)
        .with("blob.server.port", site.port(BLOB_PORT))
        .with("rest.address", Site.LOOPBACK)
        .with("rest.bind-address", Site.LOOPBACK)
        .with("rest.port", site.port(REST_PORT))
        .with("web.submit.enable", false)
        .with("web.refresh-interval", 1_000)
        .with("taskmanager.host", Site.LOOPBACK)
        .with("taskmanager.bind-host", Site.LOOPBACK)
        .with("heartbeat.interval", 2_000)
        .with("heartbeat.timeout", 10_000)
        .with("state.backend.type", "rocksdb")
        .with("state.backend.incremental", true)
        .with("state.checkpoints.dir", site.stack().resolve("checkpoints").toUri())
        .with("state.savepoints.dir", site.stack().resolve("savepoints").toUri())
        .with("restart-strategy.type", "exponential-delay")
        .with("restart-strategy.exponential-delay.initial-backoff", "1 s")
        .with("restart-strategy.exponential-delay.max-backoff", "30 s")
        .with("io.tmp.dirs", site.scratch())
        .with("blob.storage.directory", site.scratch());
  }

  /** Has the process show what runs do at a port of its own, for Prometheus. */
  ClusterConfig withMetricsAt(int port) {
    String reporter = "metrics.reporter.millrace.";
    return with(reporter + "factory.class", ScrapeReporterFactory.class.getName())
        .with(reporter + "bind-host", Site.LOOPBACK)
        .with(reporter + "port", port)
        .with(reporter + "interval", "1 s");
  }

  ClusterConfig with(String name, Object value) {
    settings.put(name, value.toString());
    return this;
  }

  /** Writes {@code config.yaml} to the process's folder. */
  void write() throws IOException {
    FlinkYaml.write(site.folder(), settings);
  }
}
