package dev.millrace.launch;

import java.time.Instant;

/**
 * A job on a cluster.
 *
 * @param id the cluster's name for it
 * @param name the name that it was submitted under, which is the run's id unless another was given
 * @param state what the cluster says of it, such as RUNNING
 * @param startedAt when it was submitted
 * @param checkpoint where its last checkpoint or savepoint is; empty if it has none
 * @param failure in one line why it failed or was started again; empty if it did not
 */
public record ClusterJob(
    String id, String name, String state, Instant startedAt, String checkpoint, String failure) {}
