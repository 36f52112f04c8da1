package dev.millrace.flink;

import dev.millrace.launch.Cluster;
import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/**
 * Flink, embedded in this process unless the job names a cluster.
 *
 * <ul>
 *   <li>{@code objectReuse} and {@code fasterCopy}: elements are immutable, so that Flink need not
 *       copy them between chained operators.
 *   <li>{@code useDataStreamForBatch} (bounded): chains steps with several outputs, which the
 *       DataSet translation does not.
 *   <li>{@code maxBundleSize} and {@code maxBundleTimeMills}: a bundle lasts a second, or half of
 *       one where records are waited for, however many elements that is. Longer is better for
 *       sinks, counts and what is packed for a shuffle, which give out what they have gathered when
 *       a bundle ends: with Beam's 5,000 elements, a shard of 128 gets some forty records at a
 *       time, and touches its state for so few. But Beam's batch translation of GroupByKey holds
 *       all that a bundle sends to the shuffle on the heap, and that is the records themselves; and
 *       an unbounded record waits for its bundle to end.
 *   <li>{@code disableMetrics} (bounded): Beam looks a metrics container up for every element and
 *       operator; what a run has to account for is in its manifest, not in metrics.
 *   <li>{@code experiments} (bounded): {@code disableCounterMetrics}, since counters without a
 *       container would each time look for one, and the first log an error.
 *   <li>{@code maxParallelism} (unbounded): the number of key groups is part of a savepoint, so it
 *       is fixed. Bounded runs leave it to Beam, which takes the parallelism: more key groups would
 *       only spread the shards unevenly.
 *   <li>{@code checkpointingInterval} (unbounded): without checkpoints a failure would start the
 *       job from nothing, and sources would never commit what they have read.
 *   <li>{@code shutdownSourcesAfterIdleMs} (unbounded): Beam keeps a source that has ended waiting
 *       for ever where there are checkpoints, which Flink needs no more; with it, the job ends when
 *       the last source does.
 *   <li>{@code numConcurrentCheckpoints} and {@code minPauseBetweenCheckpoints} (unbounded): what
 *       waits for a checkpoint (Beam's stable input, and so sinks that write once) has one buffer
 *       more than there may be checkpoints at a time. With one at a time, the second buffer is in
 *       use again after a restore or a checkpoint that failed, and lets elements through that no
 *       checkpoint has. The pause keeps it to one checkpoint at a time, mostly.
 *   <li>{@code finishBundleBeforeCheckpointing} (unbounded): otherwise what a bundle gives out when
 *       it ends for a checkpoint is kept until the next element comes, and the watermark that was
 *       held back for the bundle goes ahead of it: counts and rows would come to their commit when
 *       that is closed.
 *   <li>{@code enableStableInputDrain} (unbounded): when the last source ends, what waits for a
 *       checkpoint doesn't any more; without it the job fails at its end.
 *   <li>{@code externalizedCheckpointsEnabled} and {@code
 *       retainExternalizedCheckpointsOnCancellation} (unbounded, on a cluster): the last checkpoint
 *       stays when a job is cancelled or its cluster is lost, so that it can go on from there.
 * </ul>
 */
public final class FlinkEngine implements Engine {
  /** Runs Flink in this process. */
  static final String EMBEDDED = "[local]";

  private static final int LEAST_PARALLELISM = 2;
  private static final int KEY_GROUPS = 128;
  private static final long NO_LIMIT_OF_ELEMENTS = 1L << 40;
  private static final long BUNDLE_MILLIS = 1_000;
  private static final long UNBOUNDED_BUNDLE_MILLIS = 500;
  private static final long CHECKPOINT_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 100;
  private static final int CHECKPOINT_BUFFERS = 64;

  @Override
  public String runner() {
    return "FlinkRunner";
  }

  @Override
  public Map<String, String> profile(Mode mode, JobSpec job) {
    Map<String, String> profile = new HashMap<>();
    profile.put("objectReuse", "true");
    profile.put("fasterCopy", "true");
    if (job.option("flinkMaster").orElse(EMBEDDED).equals(EMBEDDED)) {
      int processors = Runtime.getRuntime().availableProcessors();
      profile.put("flinkMaster", EMBEDDED);
      profile.put("parallelism", String.valueOf(Math.max(LEAST_PARALLELISM, processors)));
    }
    profile.putAll(mode == Mode.BOUNDED ? bounded() : unbounded());
    if (mode == Mode.UNBOUNDED && !profile.containsKey("flinkMaster")) {
      profile.put("externalizedCheckpointsEnabled", "true");
      profile.put("retainExternalizedCheckpointsOnCancellation", "true");
    }
    return profile;
  }

  private static Map<String, String> bounded() {
    return Map.of(
        "useDataStreamForBatch",
        "true",
        "disableMetrics",
        "true",
        "experiments",
        "disableCounterMetrics",
        "maxBundleSize",
        String.valueOf(NO_LIMIT_OF_ELEMENTS),
        "maxBundleTimeMills",
        String.valueOf(BUNDLE_MILLIS));
  }

  private static Map<String, String> unbounded() {
    return Map.of(
        "maxParallelism", String.valueOf(KEY_GROUPS),
        "checkpointingInterval", String.valueOf(CHECKPOINT_MILLIS),
        "shutdownSourcesAfterIdleMs", "0",
        "numConcurrentCheckpoints", String.valueOf(CHECKPOINT_BUFFERS),
        "minPauseBetweenCheckpoints", String.valueOf(PAUSE_MILLIS),
        "finishBundleBeforeCheckpointing", "true",
        "enableStableInputDrain", "true",
        "maxBundleSize", String.valueOf(NO_LIMIT_OF_ELEMENTS),
        "maxBundleTimeMills", String.valueOf(UNBOUNDED_BUNDLE_MILLIS));
  }

  @Override
  public List<Map<String, String>> variations() {
    return List.of(
        Map.of("parallelism", "2", "maxBundleSize", "7"),
        Map.of("parallelism", "1", "maxBundleSize", "1000"));
  }

  /**
   * Configures the embedded cluster, or looks whether a named one is there and configures the job:
   * a cluster that reads the files of this machine is sent what may change, and no releases.
   */
  @Override
  public void prepare(PipelineOptions options, Path scratch) throws IOException {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!flink.getFlinkMaster().startsWith("[")) {
      stage(flink, ClusterAddress.parse(flink.getFlinkMaster()), scratch);
    } else if (flink.getFlinkMaster().equals(EMBEDDED) && flink.getFlinkConfDir() == null) {
      EmbeddedCluster cluster = EmbeddedCluster.sized(flink.getParallelism(), scratch);
      flink.setFlinkConfDir(cluster.writeTo(scratch).toString());
      return;
    }
    if (flink.isStreaming()) {
      JobConfiguration.write(flink.getFlinkConfDir(), scratch);
      flink.setFlinkConfDir(scratch.toString());
    }
  }

  private static void stage(FlinkPipelineOptions options, ClusterAddress cluster, Path scratch)
      throws IOException {
    cluster.checkReachable();
    if (options.getFilesToStage() == null && SameMachine.has(cluster, scratch)) {
      List<String> classPath =
          PipelineResources.detectClassPathResourcesToStage(
              FlinkEngine.class.getClassLoader(), options);
      options.setFilesToStage(JobJars.of(classPath, scratch));
    }
  }

  /** Where there are checkpoints: Beam's default is none. */
  @Override
  public boolean keepsInputStable(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class).getCheckpointingInterval() > 0;
  }

  @Override
  public Optional<Cluster> clusterAt(String address) {
    return Optional.of(new FlinkJobs(new ClusterRest(ClusterAddress.parse(address))));
  }

  @Override
  public Optional<Cluster> clusterOf(PipelineOptions options) {
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    return master.startsWith("[") ? Optional.empty() : clusterAt(master);
  }

  @Override
  public void detach(PipelineOptions options) {
    options.as(FlinkPipelineOptions.class).setAttachedMode(false);
  }

  @Override
  public boolean leavesStateBehind(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class).getAllowNonRestoredState();
  }

  @Override
  public void resume(PipelineOptions options, String savepoint) {
    options.as(FlinkPipelineOptions.class).setSavepointPath(savepoint);
  }
}
