package dev.millrace.operate.parity;

import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.publish.PublishRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a job bounded and unbounded, on every engine, with another parallelism, other bundles and
 * its records in another order within the allowed lateness, and compares what each run publishes:
 * tables, rejects and counts. One answer is the third law.
 *
 * <p>The first run is bounded, on the input as it is; the others are compared with it. Each engine
 * runs the input in other orders, bounded and unbounded, with each of its {@linkplain
 * Engine#variations variations}. Nothing is published where users look: all runs write to a scratch
 * folder. What is compared is held in memory, so this is for samples, not for a year of records.
 */
public final class VerifyParity {
  private final Launcher launcher;
  private final JobSpec job;
  private final Path scratch;
  private final Consumer<Parity.Run> progress;

  /** A way to run the job. */
  private record Way(String name, Map<String, String> options) {}

  private VerifyParity(
      Launcher launcher, JobSpec job, Path scratch, Consumer<Parity.Run> progress) {
    this.launcher = launcher;
    this.job = job;
    this.scratch = scratch;
    this.progress = progress;
  }

  /** Verifies a job, with its outputs in a folder that is the caller's to delete. */
  public static VerifyParity of(Launcher launcher, JobSpec job, Path scratch) {
    return new VerifyParity(launcher, job, scratch, run -> {});
  }

  /** With something to tell each run that has ended. */
  public VerifyParity withProgress(Consumer<Parity.Run> progress) {
    return new VerifyParity(launcher, job, scratch, progress);
  }

  /**
   * Runs the job in all ways.
   *
   * @throws IllegalArgumentException if the job can't be run, or not unbounded
   */
  public Parity execute() {
    List<Parity.Run> runs = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    PublishedRows first = null;
    try {
      for (Way way : ways()) {
        Path output = scratch.resolve("output-" + runs.size());
        StagedRun staged = launcher.run(job.overriding(with(way.options, "output", output)));
        PublishedRows rows = PublishedRows.of(PublishRun.of(staged).execute());
        Parity.Run run = new Parity.Run(way.name, rows.size(), staged.elapsed());
        runs.add(run);
        progress.accept(run);
        first = first == null ? rows : first;
        differences.addAll(first.differences(rows, way.name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compare runs: " + e.getMessage(), e);
    }
    return new Parity(runs, differences);
  }

  private List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    int order = 0;
    for (Engine engine : Launcher.engines()) {
      boolean first = ways.isEmpty();
      for (Map<String, String> variation : engine.variations()) {
        order++;
        Map<String, String> options = new LinkedHashMap<>(variation);
        options.put("runner", engine.runner());
        String name = "%s, %s".formatted(engine.runner(), new TreeMap<>(variation));
        if (first) {
          ways.add(new Way(engine.runner() + ", bounded", Map.copyOf(options)));
        }
        options.putAll(shuffled(order, engine));
        if (!first) {
          ways.add(new Way("%s, bounded, order %s".formatted(name, order), Map.copyOf(options)));
        }
        options.putAll(unbounded(order));
        options.putAll(engine.punctual());
        ways.add(new Way("%s, unbounded, order %s".formatted(name, order), options));
        first = false;
      }
    }
    return ways;
  }

  private static Map<String, String> unbounded(int order) {
    return Map.of(
        "streaming", "true",
        "untilIdle", "200ms",
        "pollInterval", "50ms",
        "shards", String.valueOf(order));
  }

  /** Writes the input in another order, and gives the options to read that. */
  private Map<String, String> shuffled(int order, Engine engine) {
    Path folder = scratch.resolve("input-" + order);
    Path output = scratch.resolve("output");
    launcher.shuffleInput(
        job.overriding(with(Map.of("runner", engine.runner()), "output", output)), folder, order);
    String format =
        Stream.of("csv", "avro")
            .filter(written -> Files.exists(folder.resolve("00000." + written)))
            .findFirst()
            .orElse("ndjson");
    return Map.of("input", folder.resolve("*").toString(), "format", format);
  }

  private static Map<String, String> with(Map<String, String> options, String name, Path value) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put(name, value.toString());
    return all;
  }
}
