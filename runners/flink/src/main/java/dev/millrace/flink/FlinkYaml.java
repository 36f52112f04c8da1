package dev.millrace.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Flink's configuration file, of flat names. */
final class FlinkYaml {
  private static final String FILE = "config.yaml";

  private FlinkYaml() {}

  /** Where it is in a folder. */
  static Path in(Path folder) {
    return folder.resolve(FILE);
  }

  /** Writes {@code config.yaml} to a folder. */
  static void write(Path folder, Map<String, String> settings) throws IOException {
    String yaml =
        settings.entrySet().stream()
            .map(entry -> "%s: \"%s\"%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    Files.writeString(in(folder), yaml);
  }
}
