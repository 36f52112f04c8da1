package dev.millrace.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.pipelines.PipelineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file in a run's staging folder that says what shape its pipeline has on the cluster: what a
 * savepoint of it fits. Flink would name a hash.
 */
record ShapeFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ShapeFile in(Path staging) {
    return new ShapeFile(staging.resolve("pipeline.json"));
  }

  /**
   * Refuses a pipeline that a savepoint of the run doesn't fit. Where there is no file there is
   * nothing to compare with: the savepoint is of a run elsewhere.
   *
   * @throws IllegalArgumentException with a line for each thing that doesn't fit
   */
  void check(String runId, PipelineShape now, boolean mayLose) {
    if (Files.notExists(path)) {
      return;
    }
    PipelineShape saved = read();
    List<String> reasons = new ArrayList<>(now.recodes(saved));
    List<String> lost = mayLose ? List.of() : now.lacks(saved);
    reasons.addAll(lost);
    if (!reasons.isEmpty()) {
      List<String> lines = new ArrayList<>();
      reasons.forEach(reason -> lines.add("Cannot restore run %s: %s".formatted(runId, reason)));
      if (reasons.size() == lost.size()) {
        lines.add("With --allowNonRestoredState its state would be left behind");
      }
      throw new IllegalArgumentException(String.join("\n", lines));
    }
  }

  /** Puts back the shape of before, of which savepoints still are. */
  void undo() throws IOException {
    if (Files.exists(before())) {
      Files.move(before(), path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path before() {
    return path.resolveSibling("pipeline.before.json");
  }

  private PipelineShape read() {
    try {
      return JSON.readValue(path.toFile(), PipelineShape.class);
    } catch (IOException e) {
      throw new RunFailedException("Cannot read %s: %s".formatted(path, Reason.of(e)), e);
    }
  }

  /** Writes a shape, and keeps that of before until it is known whether the run came to be. */
  void write(PipelineShape shape) {
    try {
      if (Files.exists(path)) {
        Files.move(path, before(), StandardCopyOption.REPLACE_EXISTING);
      }
      JSON.writerWithDefaultPrettyPrinter().writeValue(path.toFile(), shape);
    } catch (IOException e) {
      throw new RunFailedException("Cannot write %s: %s".formatted(path, Reason.of(e)), e);
    }
  }
}
