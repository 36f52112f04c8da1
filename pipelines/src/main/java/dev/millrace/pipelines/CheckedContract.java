package dev.millrace.pipelines;

import dev.millrace.record.Expectation;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.CountedRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The contract that a pipeline checks its records against, as far as an audit and a report need it.
 *
 * @param id its identity; empty without one
 * @param version its version; empty without one
 * @param unchecked what it asks for and this version does not check, one line each
 * @param expectations what it expects of the published table, whose records the pipeline's {@link
 *     Bookkeeping} counts
 * @param partitions the partitions of the interval that the run was asked for, in order: each must
 *     hold records; none if it wasn't asked for one
 * @param latency how long after the end of a partition it has to be published, if anybody said so
 */
public record CheckedContract(
    String id,
    String version,
    List<String> unchecked,
    List<Expectation> expectations,
    List<String> partitions,
    Optional<Duration> latency) {

  /** Keeps immutable copies of the lists. */
  public CheckedContract {
    unchecked = List.copyOf(unchecked);
    expectations = List.copyOf(expectations);
    partitions = List.copyOf(partitions);
  }

  /** Of a pipeline whose books are kept by this contract. */
  public static CheckedContract of(Contract contract) {
    return new CheckedContract(
        contract.id(),
        contract.version(),
        contract.unchecked(),
        contract.countedRules().stream().map(CountedRule::expectation).toList(),
        List.of(),
        contract.latency());
  }

  /** Of a pipeline that checks no contract. */
  public static CheckedContract none() {
    return new CheckedContract("", "", List.of(), List.of(), List.of(), Optional.empty());
  }

  /** With the partitions of the interval that the run was asked for. */
  public CheckedContract withPartitions(List<String> partitions) {
    return new CheckedContract(id, version, unchecked, expectations, partitions, latency);
  }
}
