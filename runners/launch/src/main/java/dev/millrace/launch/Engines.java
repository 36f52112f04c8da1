package dev.millrace.launch;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The engines on the class path. */
final class Engines {
  private Engines() {}

  /** The names of their runners. */
  static List<String> runners() {
    return all().stream().map(Engine::runner).sorted().toList();
  }

  /** The engine of the runner that a job asks for, or else of Beam's default. */
  static Engine of(JobSpec job) {
    return named(
        job.runner().orElseGet(() -> PipelineOptionsFactory.create().getRunner().getSimpleName()));
  }

  /**
   * The engine of a runner: its name in any case, or its class as Beam also takes it.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  static Engine named(String runner) {
    String name = runner.substring(runner.lastIndexOf('.') + 1);
    return all().stream()
        .filter(engine -> engine.runner().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid runner: %s (expected one of %s)"
                        .formatted(runner, String.join(", ", runners()))));
  }

  static List<Engine> all() {
    return ServiceLoader.load(Engine.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Engine::runner))
        .toList();
  }
}
