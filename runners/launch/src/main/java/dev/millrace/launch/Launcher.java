package dev.millrace.launch;

import dev.millrace.pipelines.Catalog;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Runs a job on the engine that it asks for, and leaves its output in a staging folder inside the
 * output folder, for the audit.
 *
 * <p>A run that fails leaves nothing in its staging folder but {@code error.log}, with the failure
 * in full.
 */
public final class Launcher {
  private static final String ERROR_LOG = "error.log";

  private final Clock clock;
  private final Progress progress;

  private Launcher(Clock clock, Progress progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /** A launcher that names and times runs by a clock. */
  public static Launcher create(Clock clock) {
    return new Launcher(clock, elapsed -> {});
  }

  /** With something to tell that a run is going on. */
  public Launcher withProgress(Progress progress) {
    return new Launcher(clock, progress);
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
    Plan<O> plan = Plan.of(definition, Engines.of(job), job, startedAt);
    try (Scratch scratch = Scratch.create()) {
      Built built = build(plan, scratch);
      makeFolders(plan);
      execute(built.pipeline(), plan);
      return staged(plan, built, startedAt);
    }
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
    shuffleInput(Catalog.named(job.pipeline()), job, folder, seed);
  }

  private <O extends PipelineOptions> void shuffleInput(
      PipelineDefinition<O> definition, JobSpec job, Path folder, long seed) {
    Plan<O> plan = Plan.of(definition, Engines.of(job), job, clock.instant());
    definition.shuffleInput(plan.options(), folder, seed);
  }

  private <O extends PipelineOptions> StagedRun staged(
      Plan<O> plan, Built built, Instant startedAt) {
    return new StagedRun(
        plan.definition().name(),
        plan.definition().version(),
        built.contract(),
        plan.engine().runner(),
        plan.runId(),
        startedAt,
        Duration.between(startedAt, clock.instant()),
        plan.staging(),
        plan.output(),
        plan.quarantine(),
        plan.values());
  }

  private record Built(Pipeline pipeline, CheckedContract contract) {}

  /** Refuses a wrong request with the pipeline's own words; anything else is a failure. */
  private static <O extends PipelineOptions> Built build(Plan<O> plan, Scratch scratch) {
    O options = plan.options();
    try {
      plan.engine().prepare(options, scratch.path());
      Pipeline pipeline = Pipeline.create(options);
      return new Built(pipeline, plan.definition().build(pipeline, options));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new RunFailedException(Reason.of("build " + plan.definition().name(), e), e);
    }
  }

  private static void makeFolders(Plan<?> plan) {
    Folders.claim(plan.output());
    if (!plan.quarantine().startsWith(plan.output())) {
      Folders.claim(plan.quarantine());
    }
    Folders.recreate(plan.staging());
  }

  /** Any failure of a run is one of its infrastructure: those of its data are data. */
  private void execute(Pipeline pipeline, Plan<?> plan) {
    Ticker ticker = Ticker.start(progress, clock);
    try {
      PipelineResult.State state = pipeline.run().waitUntilFinish();
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

  private static RunFailedException failed(Plan<?> plan, Throwable failure) {
    RunFailedException failed =
        new RunFailedException(Reason.of("run " + plan.definition().name(), failure), failure);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    Path log = plan.staging().resolve(ERROR_LOG);
    try {
      Folders.recreate(plan.staging());
      Files.writeString(log, plan.runId() + "\n" + trace);
      return failed.withLog(log);
    } catch (IOException | RunFailedException e) {
      failed.addSuppressed(e);
      return failed;
    }
  }
}
