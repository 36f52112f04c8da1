package dev.millrace.launch;

import java.nio.file.Path;

/**
 * A run that goes on on a cluster without this process. What it doesn't publish by itself, nothing
 * audits or publishes.
 *
 * @param runId the run's name
 * @param job its job on the cluster
 * @param cluster where the cluster is, as {@code host:port}
 * @param staging the folder that it writes
 */
public record DetachedRun(String runId, ClusterJob job, String cluster, Path staging) {}
