package dev.millrace.operate.trial;

import dev.millrace.io.files.BlockReader;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.BlockDecoder;
import java.util.Optional;

/**
 * Runs a contract over files, to see what it would reject, and writes nothing. Records are read and
 * checked as in a pipeline, one block after the other in this thread: the verdicts are those of a
 * run, without an engine to start.
 *
 * <p>What only a run finds isn't found: duplicates and conflicts of keys, late records, and values
 * that a reference lacks. Memory doesn't grow with the input: of the rejected records only counts
 * and the first few of each rule are kept.
 */
public final class TryContract {
  private static final int DEFAULT_SAMPLES = 3;

  private final Contract contract;
  private final ReadFiles input;
  private final int samples;

  private TryContract(Contract contract, ReadFiles input, int samples) {
    this.contract = contract;
    this.input = input;
    this.samples = samples;
  }

  /** Runs this contract over these files, with three examples of each broken rule. */
  public static TryContract of(Contract contract, ReadFiles input) {
    return new TryContract(contract, input, DEFAULT_SAMPLES);
  }

  /**
   * Sets how many examples to give of each broken rule.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1000
   */
  public TryContract withSamples(int samples) {
    if (samples < 0 || samples > 1000) {
      throw new IllegalArgumentException(
          "Invalid samples: %s (expected 0 to 1000)".formatted(samples));
    }
    return new TryContract(contract, input, samples);
  }

  /**
   * Reads and checks everything.
   *
   * @throws dev.millrace.io.ReadException if a file can't be read
   */
  public ContractTrial execute() {
    BlockDecoder decoder = BlockDecoder.against(contract);
    RejectCounts rejects = new RejectCounts(samples);
    long accepted = 0;
    try (BlockReader reader = input.open()) {
      for (Optional<RawBlock> next = reader.next(); next.isPresent(); next = reader.next()) {
        accepted += decoder.check(next.get(), rejects::add);
      }
    }
    return new ContractTrial(contract, accepted, rejects.byReason(), rejects.rules());
  }
}
