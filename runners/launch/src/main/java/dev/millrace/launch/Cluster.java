package dev.millrace.launch;

import java.util.List;

/**
 * A cluster of an engine, with the jobs that were submitted to it and go on without the process
 * that did so.
 *
 * <p>All of it fails with a {@link RunFailedException} if the cluster can't be reached or can't do
 * what it should, and with an {@link IllegalArgumentException} if there is no such job or it has
 * ended. A job is named by its id or by its name, which is the run's id.
 */
public interface Cluster {
  /** Where it is, as {@code host:port}. */
  String address();

  /** The jobs it knows, the latest first; it forgets those that ended a while ago. */
  List<ClusterJob> jobs();

  /** One of them, by its id or its name; the latest of several of that name. */
  ClusterJob job(String idOrName);

  /** How these jobs are, in their order. That takes a second or two. */
  List<JobStatus> status(List<ClusterJob> jobs);

  /**
   * Ends a job at a point that it can be started from again: it reads no more, and what it has read
   * is in the savepoint or written out. One that was just submitted is waited for first, until all
   * of it runs.
   *
   * @return where the savepoint is
   */
  String stop(String job);

  /**
   * Has a job write down where it is, and go on; one that was just submitted, when all of it runs.
   *
   * @return where the savepoint is
   */
  String savepoint(String job);

  /**
   * Ends a job where it is. Its last checkpoint stays if it was submitted so.
   *
   * @return where that checkpoint is, empty if there is none
   */
  String cancel(String job);
}
