package dev.millrace.launch;

import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a job comes to on its engine: every option, and the folders it will write to. Making one
 * reads and writes nothing.
 */
record Plan<O extends PipelineOptions>(
    PipelineDefinition<O> definition,
    Engine engine,
    String runId,
    Path staging,
    Path output,
    Path quarantine,
    SortedMap<String, Setting> settings) {

  /** The option that tells a pipeline the folder to write to. */
  static final String STAGING_OPTION = "staging";

  /** The folder in the output that holds the staging folders of runs. */
  static final String STAGING_FOLDER = "_staging";

  /**
   * Merges a job's options and derives the folders.
   *
   * @throws IllegalArgumentException if that can't be done; options are checked in {@link #options}
   */
  static <O extends PipelineOptions> Plan<O> of(
      PipelineDefinition<O> definition, Engine engine, JobSpec job, Instant startedAt) {
    Mode mode =
        job.option("streaming").map(Boolean::parseBoolean).orElse(false)
            ? Mode.UNBOUNDED
            : Mode.BOUNDED;
    SortedMap<String, Setting> settings = job.settings(engine.runner(), engine.profile(mode, job));
    OptionParser<O> parser = new OptionParser<>(definition.options());
    job.runners().values().forEach(options -> options.forEach(parser::checkKnown));
    settings.forEach(parser::checkKnown);
    Placeholders.fill(settings);
    return derive(definition, engine, settings, startedAt);
  }

  private static <O extends PipelineOptions> Plan<O> derive(
      PipelineDefinition<O> definition,
      Engine engine,
      SortedMap<String, Setting> settings,
      Instant startedAt) {
    if (settings.containsKey(STAGING_OPTION)) {
      throw new IllegalArgumentException(
          settings.get(STAGING_OPTION).blame("Invalid option: staging (it is made in the output)"));
    }
    Path output = folder("output", settings);
    Path quarantine =
        settings.containsKey("quarantine")
            ? folder("quarantine", settings)
            : output.resolve("quarantine");
    String runId =
        settings.containsKey("runId")
            ? RunId.checked(settings.get("runId"))
            : RunId.of(definition.name(), startedAt, settings);
    Path staging = output.resolve(STAGING_FOLDER).resolve(runId);
    settings.put("runner", Setting.of(engine.runner()));
    settings.putIfAbsent("jobName", Setting.of(runId));
    Map.of("output", output, "quarantine", quarantine, STAGING_OPTION, staging, "runId", runId)
        .forEach((name, value) -> settings.put(name, Setting.of(value.toString())));
    return new Plan<>(definition, engine, runId, staging, output, quarantine, settings);
  }

  private static Path folder(String name, Map<String, Setting> settings) {
    Setting setting = settings.get(name);
    if (setting == null || setting.value().isBlank()) {
      throw new IllegalArgumentException("Missing required value: " + name);
    }
    if (Paths.hasScheme(setting.value())) {
      throw new IllegalArgumentException(
          setting.blame(
              "Invalid %s: %s (expected a local folder)".formatted(name, setting.value())));
    }
    try {
      return Path.of(setting.value()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          setting.blame("Invalid %s: %s (expected a folder)".formatted(name, setting.value())), e);
    }
  }

  /** The folder with the commits that the run publishes, if it does so while it goes on. */
  Path commits() {
    return output.resolve(StagedRun.COMMITS_FOLDER).resolve(runId);
  }

  /**
   * The options for Beam: the settings that the pipeline or Beam has an option for.
   *
   * @throws IllegalArgumentException if a value is wrong or missing
   */
  O options() {
    return new OptionParser<>(definition.options()).parse(settings);
  }

  /** What a run of it would be; the pipeline looks at its contract and at the names of files. */
  RunPreview preview() {
    SortedMap<String, String> own = new TreeMap<>(values());
    own.keySet()
        .retainAll(
            KnownOptions.of(definition.options()).own().stream()
                .map(KnownOptions.Option::name)
                .toList());
    return new RunPreview(
        definition.name(),
        definition.version(),
        engine.runner(),
        runId,
        staging,
        output,
        values(),
        own,
        definition.preview(options()));
  }

  /** Where it publishes to; the pipeline doesn't look at its input. */
  JobTarget target() {
    return new JobTarget(output, definition.contract(options()));
  }

  /** Writes the input to a folder, as files whose records come in another order. */
  void shuffleInput(Path folder, long seed) {
    definition.shuffleInput(options(), folder, seed);
  }

  /** The run that has written its staging folder. */
  StagedRun staged(CheckedContract contract, Instant startedAt, Duration elapsed) {
    return new StagedRun(
        definition.name(),
        definition.version(),
        contract,
        engine.runner(),
        runId,
        startedAt,
        elapsed,
        staging,
        output,
        quarantine,
        values());
  }

  /** The settings by name, without where they come from. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    settings.forEach((name, setting) -> values.put(name, setting.value()));
    return values;
  }
}
