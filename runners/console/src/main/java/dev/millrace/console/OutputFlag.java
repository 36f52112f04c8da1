package dev.millrace.console;

import dev.millrace.operate.publish.OutputFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The output folder of verbs that work on what runs have staged or published. */
final class OutputFlag {
  @Option(names = "--output", paramLabel = "DIR", description = "The output folder of the run.")
  private String output;

  /**
   * The absolute path of the folder.
   *
   * @throws IllegalArgumentException if none is given, or it is not one that runs publish to
   */
  Path folder() {
    if (output == null || output.isBlank()) {
      throw new IllegalArgumentException(
          "Missing required value: output (--output=DIR, the output folder of the run)");
    }
    return OutputFolder.existing(Path.of(output));
  }
}
