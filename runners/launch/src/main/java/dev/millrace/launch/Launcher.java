package dev.millrace.launch;

import dev.millrace.pipelines.Catalog;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.EngineOptions;
import dev.millrace.pipelines.PipelineDefinition;
import dev.millrace.pipelines.PipelineShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.StreamingOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job on the engine that it asks for, and leaves its output in a staging folder inside the
 * output folder, for the audit.
 *
 * <p>A run that fails leaves nothing in its staging folder but {@code error.log}, with the failure
 * in full. An unbounded one on a cluster leaves all: the cluster may have a checkpoint of it, from
 * which it can go on, or it may still go on there.
 *
 * <p>It logs, for whoever asks how long each takes, when it starts to build a run, when that is
 * built and handed to the engine, and when it has ended.
 *
 * <p>It keeps no ledger: that two runs don't publish to the same partition at once is for whoever
 * calls it to see to, as the command line does.
 */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final String ERROR_LOG = "error.log";

  private final Clock clock;
  private final Progress progress;

  /** Null to start from nothing. */
  private final String savepoint;

  private Launcher(Clock clock, Progress progress, String savepoint) {
    this.clock = clock;
    this.progress = progress;
    this.savepoint = savepoint;
  }

  /** A launcher that names and times runs by a clock. */
  public static Launcher create(Clock clock) {
    return new Launcher(clock, elapsed -> {}, null);
  }

  /** With something to tell that a run is going on. */
  public Launcher withProgress(Progress progress) {
    return new Launcher(clock, progress, savepoint);
  }

  /**
   * With a savepoint, or a checkpoint, that runs start from. What a run of the same id has left in
   * its staging folder is then kept: the savepoint is a state of it.
   */
  public Launcher withSavepoint(String path) {
    return new Launcher(clock, progress, path);
  }

  /**
   * Runs a job until it ends.
   *
   * @throws IllegalArgumentException if the job, its options, its input or its contract are wrong;
   *     nothing was run
   * @throws RunFailedException if the run could not start or end
   */
  public StagedRun run(JobSpec job) {
    return run(Catalog.named(job.pipeline()), job);
  }

  <O extends PipelineOptions> StagedRun run(PipelineDefinition<O> definition, JobSpec job) {
    Instant startedAt = clock.instant();
    Plan<O> plan = plan(definition, job, startedAt);
    O options = plan.options();
    resume(plan, options);
    try (Scratch scratch = Scratch.create()) {
      Built built = build(plan, options, scratch);
      makeFolders(plan);
      keepShape(plan, options, built.pipeline());
      execute(built.pipeline(), plan);
      return plan.staged(built.contract(), startedAt, Duration.between(startedAt, clock.instant()));
    }
  }

  /**
   * What a run of a job would be, for now; another call at another time names it otherwise. Runs
   * nothing and writes nothing.
   *
   * @throws IllegalArgumentException as {@link #run}, as far as that is known before it is built
   */
  public RunPreview preview(JobSpec job) {
    return plan(job).preview();
  }

  /**
   * Where a job publishes to, without a look at its input.
   *
   * @throws IllegalArgumentException as {@link #preview}, but for the input
   */
  public JobTarget target(JobSpec job) {
    return plan(job).target();
  }

  private Plan<?> plan(JobSpec job) {
    return plan(Catalog.named(job.pipeline()), job, clock.instant());
  }

  private static <O extends PipelineOptions> Plan<O> plan(
      PipelineDefinition<O> definition, JobSpec job, Instant startedAt) {
    return Plan.of(definition, Engines.of(job), job, startedAt);
  }

  /**
   * Submits a job to its cluster, where it goes on without this process.
   *
   * @throws IllegalArgumentException as {@link #run} does, or if the job can't be left to itself
   * @throws RunFailedException if the cluster doesn't take it
   */
  public DetachedRun detach(JobSpec job) {
    return detach(plan(job));
  }

  private <O extends PipelineOptions> DetachedRun detach(Plan<O> plan) {
    O options = plan.options();
    Cluster cluster =
        clusterOf(plan, options)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot leave %s to itself: only an unbounded run on a cluster goes on without this process"
                            .formatted(plan.definition().name())));
    plan.engine().detach(options);
    resume(plan, options);
    try (Scratch scratch = Scratch.create()) {
      Built built = build(plan, options, scratch);
      makeFolders(plan);
      keepShape(plan, options, built.pipeline());
      submit(built.pipeline(), plan);
    }
    return new DetachedRun(
        plan.runId(), cluster.job(options.getJobName()), cluster.address(), plan.staging());
  }

  /** Whether a job can be left to itself: it is unbounded, and goes to a cluster. */
  public boolean isDetachable(JobSpec job) {
    Plan<?> plan = plan(job);
    return clusterOf(plan, plan.options()).isPresent();
  }

  private static Optional<Cluster> clusterOf(Plan<?> plan, PipelineOptions options) {
    return options.as(StreamingOptions.class).isStreaming()
        ? plan.engine().clusterOf(options)
        : Optional.empty();
  }

  private void resume(Plan<?> plan, PipelineOptions options) {
    if (savepoint == null) {
      return;
    }
    if (clusterOf(plan, options).isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid fromSavepoint: %s (expected for an unbounded run on a cluster)"
              .formatted(savepoint));
    }
    plan.engine().resume(options, savepoint);
  }

  /** The engines on the class path, in the order of the names of their runners. */
  public static List<Engine> engines() {
    return Engines.all();
  }

  /**
   * Writes the input of a job to a folder, as files whose records come in another order, but none
   * of them too late.
   *
   * @throws IllegalArgumentException as {@link #run} does, or if the pipeline can't run unbounded
   */
  public void shuffleInput(JobSpec job, Path folder, long seed) {
    plan(job).shuffleInput(folder, seed);
  }

  private record Built(Pipeline pipeline, CheckedContract contract) {}

  /** Refuses a wrong request with the pipeline's own words; anything else is a failure. */
  private static <O extends PipelineOptions> Built build(Plan<O> plan, O options, Scratch scratch) {
    LOG.info(
        "Building {}: {} on {}", plan.runId(), plan.definition().name(), plan.engine().runner());
    try {
      plan.engine().prepare(options, scratch.path());
      boolean stable = plan.engine().keepsInputStable(options);
      options.as(EngineOptions.class).setStableInput(stable);
      Pipeline pipeline = Pipeline.create(options);
      Built built = new Built(pipeline, plan.definition().build(pipeline, options));
      LOG.info("Built {}", plan.runId());
      return built;
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new RunFailedException(Reason.of("build " + plan.definition().name(), e), e);
    }
  }

  private void makeFolders(Plan<?> plan) {
    Folders.claim(plan.output());
    if (!plan.quarantine().startsWith(plan.output())) {
      Folders.claim(plan.quarantine());
    }
    if (savepoint == null) {
      refuseName(plan);
      Folders.recreate(plan.staging());
    } else {
      Folders.make(plan.staging());
    }
  }

  /**
   * Refuses a pipeline that a savepoint of its run doesn't fit, and otherwise writes down what the
   * next one will be of.
   */
  private void keepShape(Plan<?> plan, PipelineOptions options, Pipeline pipeline) {
    if (clusterOf(plan, options).isEmpty()) {
      return;
    }
    PipelineShape shape = PipelineShape.of(pipeline);
    ShapeFile file = ShapeFile.in(plan.staging());
    if (savepoint != null) {
      file.check(plan.runId(), shape, plan.engine().leavesStateBehind(options));
    }
    file.write(shape);
  }

  /** What a commit of the same name has published would pass for published. */
  private static void refuseName(Plan<?> plan) {
    if (Files.exists(plan.commits())) {
      throw new IllegalArgumentException(
          "Invalid runId: %s (expected a new one, since there are commits in %s; or --fromSavepoint, to go on with that run)"
              .formatted(plan.runId(), plan.commits()));
    }
  }

  private void submit(Pipeline pipeline, Plan<?> plan) {
    try {
      pipeline.run();
    } catch (RuntimeException | Error e) {
      throw failed(plan, e);
    }
  }

  /** Any failure of a run is one of its infrastructure: those of its data are data. */
  private void execute(Pipeline pipeline, Plan<?> plan) {
    Ticker ticker = Ticker.start(progress, clock);
    try {
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      LOG.info("Ended {}: {}", plan.runId(), state);
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException(
            "Cannot finish %s: it is %s".formatted(plan.runId(), state));
      }
    } catch (RuntimeException | Error e) {
      throw failed(plan, e);
    } finally {
      ticker.close();
    }
  }

  private RunFailedException failed(Plan<?> plan, Throwable failure) {
    RunFailedException failed =
        new RunFailedException(Reason.of("run " + plan.definition().name(), failure), failure);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    Path log = plan.staging().resolve(ERROR_LOG);
    try {
      if (clusterOf(plan, plan.options()).isEmpty()) {
        Folders.recreate(plan.staging());
      } else if (savepoint != null) {
        ShapeFile.in(plan.staging()).undo();
      }
      Files.writeString(log, plan.runId() + "\n" + trace);
      return failed.withLog(log);
    } catch (IOException | RunFailedException e) {
      failed.addSuppressed(e);
      return failed;
    }
  }
}
