package dev.millrace.launch;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A pipeline and its options, kept in a YAML file so that a configured pipeline has a name.
 *
 * <pre>
 * pipeline: ingest
 * options:              # any option of the pipeline or of Beam
 *   input: 2001-*.ndjson.gz
 *   output: /data/flights
 *   groupBy: [origin, destination]
 * runners:              # what differs on one runner
 *   FlinkRunner:
 *     parallelism: 4
 * </pre>
 *
 * <p>Relative paths in {@code input}, {@code bootstrapFrom}, {@code contract}, {@code output},
 * {@code quarantine} and after the colons of {@code refer} start from the file's own folder. A list
 * is the same as its values joined by commas. Keys that are not known are errors, with the line
 * they are on.
 */
public final class JobFile {
  private static final List<String> KEYS = List.of("pipeline", "options", "runners");
  private static final Set<String> PATHS =
      Set.of("input", "bootstrapFrom", "contract", "output", "quarantine");

  private final Path file;

  private JobFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a job file.
   *
   * @throws IllegalArgumentException if it can't be read or is not a job; the message names file
   *     and line
   */
  public static JobSpec read(Path file) {
    return new JobFile(file).job();
  }

  private JobSpec job() {
    Map<String, Node> keys = entries(document(), "the job", KEYS);
    if (!keys.containsKey("pipeline")) {
      throw new IllegalArgumentException(file + ": Missing required value: pipeline");
    }
    JobSpec job = JobSpec.of(text("pipeline", keys.get("pipeline")));
    if (keys.containsKey("options")) {
      job = job.withOptions(settings("options", keys.get("options")));
    }
    if (keys.containsKey("runners")) {
      Map<String, Node> runners = entries(keys.get("runners"), "runners", Engines.runners());
      for (Map.Entry<String, Node> runner : runners.entrySet()) {
        job = job.withOptionsFor(runner.getKey(), settings(runner.getKey(), runner.getValue()));
      }
    }
    return job;
  }

  private Node document() {
    LoadSettings yaml = LoadSettings.builder().setLabel(file.toString()).build();
    try {
      return new Compose(yaml)
          .composeString(Files.readString(file))
          .orElseThrow(
              () -> new IllegalArgumentException(file + ": Missing required value: pipeline"));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Cannot read job %s: it is not UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read job %s: %s".formatted(file, Reason.of(e)), e);
    } catch (MarkedYamlEngineException e) {
      throw new IllegalArgumentException(
          "%s: Cannot read job: %s".formatted(at(e.getProblemMark()), e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          "Cannot read job %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Map<String, Setting> settings(String where, Node node) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    entries(node, where, List.of())
        .forEach((name, value) -> settings.put(name, new Setting(value(name, value), at(value))));
    return settings;
  }

  /** The entries of a mapping; its keys must be among the known ones if there are any. */
  private Map<String, Node> entries(Node node, String where, Collection<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw problem(node, "Invalid %s (expected keys with values)".formatted(where));
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text("key", tuple.getKeyNode());
      if (!known.isEmpty() && !known.contains(key)) {
        throw problem(
            tuple.getKeyNode(),
            "Invalid key in %s: %s (expected %s)"
                .formatted(where, key, Nearest.to(key, known).orElse(String.join(", ", known))));
      }
      if (entries.put(key, tuple.getValueNode()) != null) {
        throw problem(
            tuple.getKeyNode(), "Invalid key in %s: %s (given twice)".formatted(where, key));
      }
    }
    return entries;
  }

  private String value(String name, Node node) {
    List<String> values = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> values.add(text(name, item)));
    } else {
      values.add(text(name, node));
    }
    return values.stream()
        .map(value -> PATHS.contains(name) ? paths(value) : value)
        .map(value -> name.equals("refer") ? references(value) : value)
        .collect(Collectors.joining(","));
  }

  private String text(String name, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw problem(node, "Invalid %s (expected one value)".formatted(name));
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      throw problem(node, "Missing required value: " + name);
    }
    return scalar.getValue();
  }

  /** Paths joined by commas, from this file's folder. */
  private String paths(String value) {
    return Paths.split(value).stream().map(this::fromFolder).collect(Collectors.joining(","));
  }

  /** Fields, the last before a path with a colon between them, joined by commas. */
  private String references(String value) {
    return Paths.split(value).stream()
        .map(
            item -> {
              int path = item.indexOf(':') + 1;
              return path == 0
                  ? item
                  : item.substring(0, path) + fromFolder(item.substring(path).strip());
            })
        .collect(Collectors.joining(","));
  }

  private String fromFolder(String path) {
    Path folder = file.toAbsolutePath().getParent();
    return Paths.hasScheme(path) ? path : folder.resolve(path).normalize().toString();
  }

  private IllegalArgumentException problem(Node node, String message) {
    return new IllegalArgumentException(at(node) + ": " + message);
  }

  private String at(Node node) {
    return at(node.getStartMark());
  }

  private String at(Optional<Mark> mark) {
    return file + mark.map(m -> ":" + (m.getLine() + 1)).orElse("");
  }
}
