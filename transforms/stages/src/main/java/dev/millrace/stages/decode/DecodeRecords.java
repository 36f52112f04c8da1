package dev.millrace.stages.decode;

import dev.millrace.record.Outcome;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;

/**
 * Reads records from JSON, one object a record, and checks them against a contract on the way.
 * Bounded or unbounded; keeps no state; the order within a block is kept.
 *
 * <p>JSON is RFC 8259, strictly: one object with nothing but white space around it, in valid UTF-8,
 * without lone surrogates, at most 200 levels deep in a field. A byte order mark is skipped at the
 * start of a source, at offset 0, where some programs put one; anywhere else it is malformed.
 * Values are not coerced: {@code "5"} is no integer, and neither are {@code 5.0}, {@code 5e0} and
 * what doesn't fit 64 bits. Numbers are the nearest double; one beyond all doubles is of the wrong
 * type. Null is the same as absent. Names are compared byte by byte, without Unicode normalization.
 * Fields that the contract doesn't know are rejected, kept or dropped, as it says; whether a
 * dropped one is repeated is not looked at.
 *
 * <p>A record that breaks its contract is rejected with all that is wrong with it, in the order of
 * its fields, and then with what it lacks; unknown and repeated fields are listed up to the
 * thousandth. What is not JSON is rejected for the first place where it isn't, counted in bytes
 * from 0 at the start of the record, and for nothing else. A value that can't be the event time is
 * rejected as that only, not for its type as well. Rejects have their event time if it could be
 * read and is plausible.
 *
 * <p>A record's timestamp is its event time. That may lie before the timestamp of its block. A
 * bounded source gives blocks the earliest timestamp there is, so there it never does. An unbounded
 * one should give a block the time of its earliest record, and so hold the watermark back; a record
 * that it misjudges is late, and no error that would fail the job for ever. So any skew is allowed,
 * and late records are for {@code SplitLate} to find. Rejects have the timestamp of their block.
 *
 * <p>Blocks must be in the global window, since records don't stay within the window of a block.
 * The cost is some 0.6 microseconds of CPU for 400 bytes in a dozen fields, plus the runner's.
 */
public final class DecodeRecords extends PTransform<PCollection<RawBlock>, Outcome<Record>> {
  private static final long serialVersionUID = 1L;

  /** The name of this stage in {@link Rejected#stage()} and metrics. */
  public static final String STAGE = "decode";

  private static final TupleTag<Record> PASSED = new TupleTag<>() {};
  private static final TupleTag<Rejected> REJECTED = new TupleTag<>() {};

  private final Contract contract;
  private final boolean keepsOriginals;

  private DecodeRecords(Contract contract, boolean keepsOriginals) {
    this.contract = contract;
    this.keepsOriginals = keepsOriginals;
  }

  /** Decodes records of this contract; those that pass don't keep their original bytes. */
  public static DecodeRecords against(Contract contract) {
    return new DecodeRecords(contract, false);
  }

  /**
   * Has records carry their original bytes, which is needed where a later stage may reject them. It
   * makes each as much larger.
   */
  public DecodeRecords keepingOriginals() {
    return new DecodeRecords(contract, true);
  }

  @Override
  public Outcome<Record> expand(PCollection<RawBlock> blocks) {
    WindowFn<?, ?> windowing = blocks.getWindowingStrategy().getWindowFn();
    if (!(windowing instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "Invalid windowing of %s: %s (expected the global window: decode before windowing)"
              .formatted(blocks.getName(), windowing.getClass().getSimpleName()));
    }
    PCollectionTuple outcome =
        blocks.apply(
            "Decode",
            ParDo.of(new Decode(contract, keepsOriginals))
                .withOutputTags(PASSED, TupleTagList.of(REJECTED)));
    return new Outcome<>(
        outcome.get(PASSED).setCoder(RecordCoder.of(contract.schema())),
        outcome.get(REJECTED).setCoder(Rejected.RejectedCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("contract", contract.id()))
        .add(DisplayData.item("contractVersion", contract.version()))
        .add(DisplayData.item("keepingOriginals", keepsOriginals));
  }

  static final class Decode extends DoFn<RawBlock, Record> {
    private static final long serialVersionUID = 1L;

    /**
     * All of time. It is not {@code Long.MAX_VALUE}, which Beam's Javadoc proposes: that overflows
     * from the earliest timestamp, and the runner catches an exception for every record.
     */
    private static final Duration ANY_SKEW =
        new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

    private final Counter decodedRecords = Metrics.counter(STAGE, "records_decoded");
    private final Counter rejectedRecords = Metrics.counter(STAGE, "records_rejected");
    private final Contract contract;
    private final boolean keepsOriginals;
    private transient JsonRecordDecoder decoder;
    private transient long decoded;
    private transient long rejected;

    Decode(Contract contract, boolean keepsOriginals) {
      this.contract = contract;
      this.keepsOriginals = keepsOriginals;
    }

    @Setup
    public void setup() {
      decoder = new JsonRecordDecoder(contract);
    }

    @StartBundle
    public void startBundle() {
      decoded = 0;
      rejected = 0;
    }

    @ProcessElement
    public void process(@Element RawBlock block, MultiOutputReceiver out) {
      OutputReceiver<Record> passed = out.get(PASSED);
      for (int i = 0; i < block.size(); i++) {
        if (decoder.read(block, i)) {
          Record record = keepsOriginals ? decoder.recordWithOriginal() : decoder.record();
          passed.outputWithTimestamp(record, record.eventTime());
          decoded++;
        } else {
          out.get(REJECTED).output(decoder.rejected());
          rejected++;
        }
      }
    }

    @FinishBundle
    public void finishBundle() {
      decodedRecords.inc(decoded);
      rejectedRecords.inc(rejected);
    }

    @Override
    @Deprecated // by Beam, for what the class comment says; it has no replacement
    public Duration getAllowedTimestampSkew() {
      return ANY_SKEW;
    }
  }
}
