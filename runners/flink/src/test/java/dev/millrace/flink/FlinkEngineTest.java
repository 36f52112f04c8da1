package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkEngineTest {
  private final FlinkEngine engine = new FlinkEngine();

  @TempDir Path scratch;

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(Engine.class), hasItem(instanceOf(FlinkEngine.class)));
  }

  @Test
  void isEmbeddedUnlessAClusterIsNamed() {
    assertThat(profile(Mode.BOUNDED), hasEntry("flinkMaster", "[local]"));
    Map<String, String> cluster = profile(Mode.BOUNDED, "--flinkMaster=10.0.0.1:8081");
    assertThat(cluster, not(hasKey("flinkMaster")));
    assertThat(cluster, not(hasKey("parallelism")));
    assertThat(cluster, hasEntry("objectReuse", "true"));
  }

  @Test
  void endsTheBundlesOfBoundedRunsByTimeAlone() {
    FlinkPipelineOptions options = options(profile(Mode.BOUNDED));
    assertThat(options.getUseDataStreamForBatch(), is(true));
    assertThat(options.getMaxBundleSize(), is(1L << 40));
    assertThat(options.getMaxBundleTimeMills(), is(1_000L));
    assertThat(options.getObjectReuse(), is(true));
    assertThat(options.getFasterCopy(), is(true));
  }

  @Test
  void endsTheBundlesOfUnboundedRunsSooner() {
    FlinkPipelineOptions options = options(profile(Mode.UNBOUNDED));
    assertThat(options.getMaxBundleSize(), is(1L << 40));
    assertThat(options.getMaxBundleTimeMills(), is(500L));
  }

  @Test
  void keepsCountersOfUnboundedRunsAlone() {
    FlinkPipelineOptions bounded = options(profile(Mode.BOUNDED));
    assertThat(bounded.getDisableMetrics(), is(true));
    assertThat(
        bounded.as(ExperimentalOptions.class).getExperiments(), contains("disableCounterMetrics"));
    FlinkPipelineOptions unbounded = options(profile(Mode.UNBOUNDED));
    assertThat(unbounded.getDisableMetrics(), is(false));
    assertThat(unbounded.as(ExperimentalOptions.class).getExperiments(), is(nullValue()));
  }

  @Test
  void givesUnboundedRunsCheckpointsAndAFixedNumberOfKeyGroups() {
    FlinkPipelineOptions options = options(profile(Mode.UNBOUNDED));
    assertThat(options.getCheckpointingInterval(), is(10_000L));
    assertThat(options.getMaxParallelism(), is(128));
    assertThat(options.getFinishBundleBeforeCheckpointing(), is(true));
  }

  @Test
  void keepsTheCheckpointsOfUnboundedRunsOnACluster() {
    FlinkPipelineOptions options = options(profile(Mode.UNBOUNDED, "--flinkMaster=10.0.0.1:8081"));
    assertThat(options.isExternalizedCheckpointsEnabled(), is(true));
    assertThat(options.getRetainExternalizedCheckpointsOnCancellation(), is(true));
    assertThat(options(profile(Mode.UNBOUNDED)).isExternalizedCheckpointsEnabled(), is(false));
  }

  @Test
  void keepsInputStableWhereThereAreCheckpoints() {
    assertThat(engine.keepsInputStable(options(profile(Mode.UNBOUNDED))), is(true));
    assertThat(engine.keepsInputStable(options(profile(Mode.BOUNDED))), is(false));
  }

  @Test
  void findsTheClusterThatARunGoesTo() {
    assertThat(engine.clusterOf(options(profile(Mode.UNBOUNDED))), is(Optional.empty()));
    assertThat(
        engine.clusterOf(options(Map.of("flinkMaster", "10.0.0.1"))).orElseThrow().address(),
        is("10.0.0.1:8081"));
  }

  @Test
  void detachesAndResumes() {
    FlinkPipelineOptions options = options(Map.of("flinkMaster", "10.0.0.1:8081"));
    engine.detach(options);
    assertThat(options.getAttachedMode(), is(false));
    engine.resume(options, "/points/1");
    assertThat(options.getSavepointPath(), is("/points/1"));
  }

  @Test
  void configuresTheEmbeddedClusterInTheScratchFolder() throws IOException {
    FlinkPipelineOptions options = options(profile(Mode.BOUNDED));
    engine.prepare(options, scratch);
    assertThat(options.getFlinkConfDir(), is(scratch.toString()));
    String yaml = Files.readString(scratch.resolve("config.yaml"));
    assertThat(yaml, containsString("io.tmp.dirs: \"%s\"\n".formatted(scratch)));
    assertThat(yaml, containsString("rest.bind-address: \"127.0.0.1\"\n"));
  }

  @Test
  void givesTheEmbeddedClusterASlotForEachSubtask() throws IOException {
    FlinkPipelineOptions options = options(profile(Mode.BOUNDED));
    options.setParallelism(7);
    engine.prepare(options, scratch);
    String yaml = Files.readString(scratch.resolve("config.yaml"));
    assertThat(yaml, containsString("taskmanager.numberOfTaskSlots: \"7\"\n"));
  }

  @Test
  void leavesTheConfigurationOfBoundedRunsThatIsGivenOrOfACluster() throws IOException {
    FlinkPipelineOptions given = options(profile(Mode.BOUNDED));
    given.setFlinkConfDir("/etc/flink");
    engine.prepare(given, scratch);
    assertThat(given.getFlinkConfDir(), is("/etc/flink"));

    FlinkPipelineOptions cluster = options(Map.of("flinkMaster", "10.0.0.1:8081"));
    engine.prepare(cluster, scratch);
    assertThat(cluster.getFlinkConfDir(), is(nullValue()));
  }

  @Test
  void givesUnboundedJobsSmallWriteBuffersBesideWhatIsGiven() throws IOException {
    Path given = Files.createDirectory(scratch.resolve("given"));
    Files.writeString(given.resolve("config.yaml"), "state.backend.type: rocksdb\n");
    Configuration job = prepared(given);
    assertThat(job.toMap(), hasEntry("state.backend.rocksdb.writebuffer.size", "8mb"));
    assertThat(job.toMap(), hasEntry("state.backend.type", "rocksdb"));
  }

  @Test
  void leavesWriteBuffersThatAreGiven() throws IOException {
    Path given = Files.createDirectory(scratch.resolve("given"));
    Files.writeString(
        given.resolve("config.yaml"), "state.backend.rocksdb.writebuffer.size: 32mb\n");
    Configuration job = prepared(given);
    assertThat(job.toMap(), hasEntry("state.backend.rocksdb.writebuffer.size", "32mb"));
  }

  /** What Beam reads for an unbounded job whose configuration is in a folder. */
  private Configuration prepared(Path given) throws IOException {
    FlinkPipelineOptions options = options(profile(Mode.UNBOUNDED));
    options.setStreaming(true);
    options.setFlinkConfDir(given.toString());
    engine.prepare(options, scratch);
    return GlobalConfiguration.loadConfiguration(options.getFlinkConfDir());
  }

  private Map<String, String> profile(Mode mode, String... arguments) {
    return engine.profile(mode, JobSpec.of("any").withArguments(List.of(arguments)));
  }

  private static FlinkPipelineOptions options(Map<String, String> profile) {
    String[] arguments =
        profile.entrySet().stream()
            .map(option -> "--%s=%s".formatted(option.getKey(), option.getValue()))
            .toArray(String[]::new);
    return PipelineOptionsFactory.fromArgs(arguments).as(FlinkPipelineOptions.class);
  }
}
