package dev.millrace.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A configured pipeline: what {@link Launcher} runs. Immutable.
 *
 * <p>An option's value is that of the command line; else that of the job for the runner; else that
 * of the job; else that of the engine's profile; else Beam's default.
 */
public final class JobSpec {
  private static final String RUNNER = "runner";

  /** The start of the second word of a name, or the third, and so on. */
  private static final Pattern WORD = Pattern.compile("(?<=[a-z])-([a-z])");

  private final String pipeline;
  private final Map<String, Setting> options;
  private final Map<String, Map<String, Setting>> runners;
  private final Map<String, Setting> arguments;

  private JobSpec(
      String pipeline,
      Map<String, Setting> options,
      Map<String, Map<String, Setting>> runners,
      Map<String, Setting> arguments) {
    this.pipeline = pipeline;
    this.options = Map.copyOf(options);
    this.runners = Map.copyOf(runners);
    this.arguments = Map.copyOf(arguments);
  }

  /** A pipeline of the catalog, with no options yet. */
  public static JobSpec of(String pipeline) {
    return new JobSpec(pipeline, Map.of(), Map.of(), Map.of());
  }

  /** With the job's options for any runner. */
  public JobSpec withOptions(Map<String, Setting> options) {
    return new JobSpec(pipeline, options, runners, arguments);
  }

  /** With the job's options for one runner, by the runner's name. */
  public JobSpec withOptionsFor(String runner, Map<String, Setting> options) {
    Map<String, Map<String, Setting>> all = new HashMap<>(runners);
    all.put(runner, Map.copyOf(options));
    return new JobSpec(pipeline, this.options, all, arguments);
  }

  /**
   * With the arguments of a command line, each {@code --name=value}, or {@code --name} for true.
   * {@code --until-idle} is another spelling of {@code --untilIdle}.
   *
   * @throws IllegalArgumentException if an argument is not of that form, or is given twice
   */
  public JobSpec withArguments(List<String> arguments) {
    Map<String, Setting> parsed = new HashMap<>(this.arguments);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!name.startsWith("--") || name.length() == 2) {
        throw new IllegalArgumentException(
            "Invalid argument: %s (expected --name=value)".formatted(argument));
      }
      Setting value = Setting.of(equals < 0 ? "true" : argument.substring(equals + 1));
      if (parsed.put(camelCase(name.substring(2)), value) != null) {
        throw new IllegalArgumentException(
            "Invalid argument: %s (expected %s once, its values joined by commas)"
                .formatted(argument, name));
      }
    }
    return new JobSpec(pipeline, options, runners, parsed);
  }

  /** With other values for some options, whatever the command line says of them. */
  public JobSpec overriding(Map<String, String> values) {
    Map<String, Setting> all = new HashMap<>(arguments);
    values.forEach((name, value) -> all.put(name, Setting.of(value)));
    return new JobSpec(pipeline, options, runners, all);
  }

  private static String camelCase(String name) {
    return WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  /** The name of the pipeline. */
  public String pipeline() {
    return pipeline;
  }

  /** The runner that the job or the command line asks for; empty for Beam's default. */
  public Optional<String> runner() {
    return Optional.ofNullable(arguments.getOrDefault(RUNNER, options.get(RUNNER)))
        .map(Setting::value);
  }

  /** What the job and the command line say of one option, whichever the runner is. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(settings(runner().orElse(""), Map.of()).get(name))
        .map(Setting::value);
  }

  /** The runners that the job has options for, each with those. */
  Map<String, Map<String, Setting>> runners() {
    return runners;
  }

  /** All options for one runner, over the defaults of its profile. */
  SortedMap<String, Setting> settings(String runner, Map<String, String> profile) {
    SortedMap<String, Setting> settings = new TreeMap<>();
    profile.forEach(
        (name, value) -> settings.put(name, new Setting(value, "profile of " + runner)));
    settings.putAll(options);
    settings.putAll(optionsFor(runner));
    settings.putAll(arguments);
    return settings;
  }

  private Map<String, Setting> optionsFor(String runner) {
    String wanted = runner.toLowerCase(Locale.ROOT);
    return runners.entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(Map.of());
  }
}
