package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Folders;
import dev.millrace.benchmarks.run.Measurement;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Starts contenders over the same workload, each in a new process, and checks what they write. */
public final class Trial {
  private static final List<Measurement> NONE = List.of();

  private final Input input;
  private final ClassPaths classPaths;
  private final Path output;

  /**
   * An input.
   *
   * @param output where the contenders write to, and their logs and archives are
   */
  public Trial(Input input, ClassPaths classPaths, Path output) {
    this.input = input;
    this.classPaths = classPaths;
    this.output = output;
  }

  /** How many rows a contender gets. */
  long rows() {
    return input.rows();
  }

  /**
   * Readies a contender to be run.
   *
   * @param small an input that has all that the measured one has, in few rows
   */
  public void train(Contender contender, Input small) throws IOException, InterruptedException {
    Path folder = output.resolve(contender.key());
    Folders.delete(folder);
    process(contender).train(small.folder(), folder);
    Folders.delete(folder);
  }

  /** Runs a contender so often in one process, after its training. */
  public Result run(Contender contender, int repetitions)
      throws IOException, InterruptedException, SQLException {
    Path folder = output.resolve(contender.key());
    Folders.delete(folder);
    List<Measurement> measurements = process(contender).run(input.folder(), folder, repetitions);
    List<String> differences = new ArrayList<>();
    for (Measurement measurement : contender.isLimit() ? NONE : measurements) {
      Path written = Repetitions.folder(folder, measurement.repetition());
      differences.addAll(input.check().differences(written));
    }
    Folders.delete(folder);
    return new Result(measurements, differences);
  }

  private ContenderProcess process(Contender contender) {
    return new ContenderProcess(contender, classPaths.of(contender.module()), output);
  }

  /** What a process measured, and what was wrong with what it wrote. */
  public record Result(List<Measurement> measurements, List<String> differences) {}
}
