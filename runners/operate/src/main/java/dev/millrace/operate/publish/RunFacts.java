package dev.millrace.operate.publish;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Check;
import dev.millrace.operate.JsonFiles;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.record.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a report needs to know of a run that is published later, or elsewhere, beside its manifest:
 * in {@value #FILE_NAME} in its staging folder.
 *
 * @param startedAt when it was launched, in ISO 8601
 * @param elapsedMillis how long it took
 * @param output the folder that it was to be published to
 * @param quarantine the folder for its rejected records
 * @param interval its options {@code from} and {@code to}, as far as they were given
 * @param checks what its audit asked, and the answers
 */
record RunFacts(
    String pipeline,
    String pipelineVersion,
    ContractFacts contract,
    String runner,
    String runId,
    String startedAt,
    long elapsedMillis,
    String output,
    String quarantine,
    Map<String, String> interval,
    List<Check> checks) {
  static final String FILE_NAME = "run.json";

  RunFacts {
    checks = List.copyOf(checks);
    interval = Map.copyOf(interval);
  }

  static RunFacts of(StagedRun run, List<Check> checks) {
    Map<String, String> interval = new TreeMap<>(run.options());
    interval.keySet().retainAll(List.of("from", "to"));
    return new RunFacts(
        run.pipeline(),
        run.pipelineVersion(),
        ContractFacts.of(run.contract()),
        run.runner(),
        run.runId(),
        run.startedAt().toString(),
        run.elapsed().toMillis(),
        run.output().toString(),
        run.quarantine().toString(),
        interval,
        checks);
  }

  /** Those in a staging folder; none if what is staged is not a run. */
  static Optional<RunFacts> in(Path staging) throws IOException {
    Path file = staging.resolve(FILE_NAME);
    return Files.exists(file)
        ? Optional.of(JsonFiles.read(file, RunFacts.class))
        : Optional.empty();
  }

  void writeTo(Path staging) throws IOException {
    JsonFiles.write(staging.resolve(FILE_NAME), this);
  }

  /** The run, to be published to a folder: its quarantine goes along if it is in the output. */
  StagedRun run(Path staging, Path target) {
    Path before = Path.of(output);
    Path rejects = Path.of(quarantine);
    return new StagedRun(
        pipeline,
        pipelineVersion,
        contract.contract(),
        runner,
        runId,
        Instant.parse(startedAt),
        Duration.ofMillis(elapsedMillis),
        staging,
        target,
        rejects.startsWith(before) ? target.resolve(before.relativize(rejects)) : rejects,
        interval);
  }

  /**
   * The contract that its records were checked against.
   *
   * @param latency in ISO 8601; null if it has none
   */
  record ContractFacts(
      String id,
      String version,
      List<String> unchecked,
      List<Expectation> expectations,
      List<String> partitions,
      String latency) {

    static ContractFacts of(CheckedContract contract) {
      return new ContractFacts(
          contract.id(),
          contract.version(),
          contract.unchecked(),
          contract.expectations(),
          contract.partitions(),
          contract.latency().map(Duration::toString).orElse(null));
    }

    CheckedContract contract() {
      return new CheckedContract(
          id,
          version,
          unchecked,
          expectations,
          partitions,
          Optional.ofNullable(latency).map(Duration::parse));
    }
  }
}
