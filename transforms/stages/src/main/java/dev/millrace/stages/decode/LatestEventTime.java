package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Finds the latest event time of the records in a block, for the watermark of an unbounded source;
 * the earliest timestamp there is if no record has one.
 *
 * <p>Only records that keep the contract count: what will be rejected, for its time or anything
 * else, must not make others late. So a record that would be the latest is decoded here as it is
 * again by {@link DecodeRecords}. Of others, JSON is read as far as its event time; other formats
 * cost what decoding costs. The last record of a block comes first, as it mostly is the latest. One
 * instance serves one thread at a time.
 */
public final class LatestEventTime implements SerializableFunction<RawBlock, Instant> {
  private static final long serialVersionUID = 1L;

  private final Contract contract;
  private transient RecordDecoders decoders;

  private LatestEventTime(Contract contract) {
    this.contract = contract;
  }

  /** Of records of this contract. */
  public static LatestEventTime against(Contract contract) {
    return new LatestEventTime(contract);
  }

  @Override
  public Instant apply(RawBlock block) {
    RecordDecoder decoder = decoder(block);
    long latest = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    for (int i = block.size() - 1; i >= 0; i--) {
      if (decoder.timeIfKept(block, i) > latest && decoder.read(block, i)) {
        latest = Math.max(latest, decoder.eventTimeMillis());
      }
    }
    return Instant.ofEpochMilli(latest);
  }

  private RecordDecoder decoder(RawBlock block) {
    if (decoders == null) {
      decoders = new RecordDecoders(contract);
    }
    return decoders.of(block);
  }
}
