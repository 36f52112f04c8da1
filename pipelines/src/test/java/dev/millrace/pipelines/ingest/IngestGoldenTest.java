package dev.millrace.pipelines.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs {@code ingest} over each case in testdata/ingest and compares all that it wrote with what
 * the case expects. {@code -Dgolden.update} writes what was found as expected, to be read in
 * review.
 */
class IngestGoldenTest {
  static final Path CASES = Path.of("../testdata/ingest");

  @TempDir Path staging;

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatTheCaseExpects(String name) throws Exception {
    Path folder = CASES.resolve(name);
    StagedOutput output = IngestRun.checked(staging, arguments(folder));
    Path expected = folder.resolve("expected");
    Golden.check(expected.resolve("records.ndjson"), output.rows("records"));
    Golden.check(expected.resolve("aggregates.ndjson"), output.rows("aggregates"));
    Golden.check(expected.resolve("quarantine.ndjson"), output.quarantine());
    Golden.check(expected.resolve("counts.json"), List.of(output.counts()));
  }

  /** The arguments that say what the case's job file does. */
  static String[] arguments(Path folder) throws IOException {
    return options(folder).entrySet().stream()
        .map(option -> "--%s=%s".formatted(option.getKey(), option.getValue()))
        .toArray(String[]::new);
  }

  /** The options of the case's job file, with paths relative to its folder. */
  private static Map<String, Object> options(Path folder) throws IOException {
    Map<?, ?> job =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(folder.resolve("case.job.yaml")));
    Map<String, Object> options = new TreeMap<>();
    ((Map<?, ?>) job.get("options")).forEach((key, value) -> options.put((String) key, value));
    options.remove("output");
    options.computeIfPresent("input", (key, value) -> folder.resolve((String) value));
    options.computeIfPresent("contract", (key, value) -> folder.resolve((String) value));
    options.computeIfPresent(
        "refer", (key, value) -> ((String) value).replace(":", ":" + folder + "/"));
    return options;
  }
}
