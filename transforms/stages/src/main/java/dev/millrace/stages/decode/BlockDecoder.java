package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import java.util.function.Consumer;

/**
 * Checks records against a contract without a pipeline, by the decoders of {@link DecodeRecords}:
 * what one rejects, so does the other. Keeps nothing of what it has checked. Not thread-safe.
 */
public final class BlockDecoder {
  private final RecordDecoders decoders;

  private BlockDecoder(Contract contract) {
    decoders = new RecordDecoders(contract);
  }

  /** Checks records of this contract. */
  public static BlockDecoder against(Contract contract) {
    return new BlockDecoder(contract);
  }

  /**
   * Checks all records of a block, in their order.
   *
   * @param rejects takes those that break the contract
   * @return how many keep it
   */
  public long check(RawBlock block, Consumer<Rejected> rejects) {
    RecordDecoder decoder = decoders.of(block);
    long accepted = 0;
    for (int i = 0; i < block.size(); i++) {
      if (decoder.read(block, i)) {
        accepted++;
      } else {
        rejects.accept(decoder.rejected());
      }
    }
    return accepted;
  }
}
