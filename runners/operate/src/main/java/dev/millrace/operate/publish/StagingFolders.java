package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folders that runs write to before they are published. */
final class StagingFolders {
  /** The folder in the output that holds them. */
  static final String NAME = "_staging";

  private StagingFolders() {}

  /** The one of a run, whether it is there or not. */
  static Path of(Path output, String runId) {
    return output.resolve(NAME).resolve(runId);
  }

  /** Those in an output folder, by name; none if it isn't there. */
  static List<Path> in(Path output) throws IOException {
    return Folders.children(output.resolve(NAME));
  }
}
