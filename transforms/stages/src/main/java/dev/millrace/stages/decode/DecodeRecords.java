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
import org.joda.time.Instant;

/**
 * Reads records from JSON, one object a record, or from CSV or Avro where the header of their block
 * says so, and checks them against a contract on the way. Bounded or unbounded; keeps no state; the
 * order within a block is kept.
 *
 * <p>JSON is RFC 8259, strictly: one object with nothing but white space around it, in valid UTF-8,
 * without lone surrogates, at most 200 levels deep in a field. A byte order mark is skipped at the
 * start of a file, at offset 0, where some programs put one; anywhere else it is malformed. Values
 * are not coerced unless the contract says so: {@code "5"} is no integer, and neither are {@code
 * 5.0}, {@code 5e0} and what doesn't fit 64 bits. Numbers are the nearest double; one beyond all
 * doubles is of the wrong type. Decimals are exact: one with more digits than its type has is of
 * the wrong type, and nothing is rounded. Null is the same as absent. Names are compared byte by
 * byte, without Unicode normalization. Fields that the contract doesn't know are rejected, kept or
 * dropped, as it says, in nested objects too; whether a dropped one is repeated is not looked at.
 * Where an object in a field has unknown fields that are to be kept, the whole of that field is
 * kept, as it came.
 *
 * <p>A piece of a line that its source found too long to be read whole is rejected as that,
 * whatever it looks like. So is a message without a value, a tombstone: it says that its key is to
 * be deleted, which no table here does, and so is not passed over in silence either.
 *
 * <p>CSV is RFC 4180, in valid UTF-8: as many columns as the header names, quotes around a whole
 * field or not at all, and closed. Nothing is null, and {@code ""} is the empty text. Columns are
 * found by the names of fields; a field without a column is absent, and unknown columns are handled
 * as unknown fields are, kept as text. All else is text that must be written as the field's type
 * has it: numbers as in JSON, so that {@code 007} is a string but no number, and {@code true} or
 * {@code false}. White space belongs to the text. Objects and arrays are JSON in one column.
 *
 * <p>Avro is the binary encoding of Avro 1.12, by the schema that a record was written with; rows
 * of Parquet come as that, too. A message that has the id of its schema before the datum is read by
 * what its source found for the id; it is rejected where that found none, and malformed where it
 * doesn't begin so. That schema is resolved against the contract and no other: fields are found by
 * their names, not by aliases, and a union is what each value is of. A schema in which a field can
 * never be of its type is no error by itself: its records are rejected. An unknown field that is
 * null is as good as absent, since the schema has it for all records. Kept fields, and what
 * messages show, are written as JSON.
 *
 * <table>
 * <caption>What is read, per type</caption>
 * <tr><th>written</th><th>JSON</th><th>JSON, {@code millrace.coercion:
 *     lossless}</th><th>CSV</th></tr>
 * <tr><td>{@code "12"} for an integer or a number</td><td>wrong type</td><td>12</td><td>12:
 *     quotes say nothing about a type</td></tr>
 * <tr><td>{@code 007} for an integer or a
 *     number</td><td>malformed</td><td>malformed</td><td>wrong type</td></tr>
 * <tr><td>{@code 007} for a string</td><td>malformed</td><td>malformed</td><td>{@code
 *     007}</td></tr>
 * <tr><td>{@code 12} or {@code true} for a string</td><td>wrong type</td><td>as it is
 *     written</td><td>as it is written</td></tr>
 * <tr><td>{@code 1e3}, {@code 1.0} for an integer</td><td>wrong type</td><td>1000,
 *     1</td><td>wrong type; 1000, 1 if lossless</td></tr>
 * <tr><td>{@code 1e3}, {@code 1.0} for a number</td><td>1000, 1</td><td>1000, 1</td><td>1000,
 *     1</td></tr>
 * <tr><td>{@code 1.50} for {@code decimal(5,1)}</td><td>1.5</td><td>1.5</td><td>1.5</td></tr>
 * <tr><td>{@code 1.55} for {@code decimal(5,1)}</td><td>wrong type</td><td>wrong
 *     type</td><td>wrong type</td></tr>
 * <tr><td>{@code NaN} for a number</td><td>malformed</td><td>malformed</td><td>wrong
 *     type</td></tr>
 * <tr><td>{@code 1e999} for a number</td><td>wrong type</td><td>wrong type</td><td>wrong
 *     type</td></tr>
 * <tr><td>{@code -0} for an integer or a number</td><td>0</td><td>0</td><td>0</td></tr>
 * <tr><td>2<sup>63</sup> for an integer</td><td>wrong type</td><td>wrong type</td><td>wrong
 *     type</td></tr>
 * <tr><td>2<sup>63</sup> for a number</td><td>the nearest double</td><td>the nearest
 *     double</td><td>the nearest double</td></tr>
 * <tr><td>the empty text for any type but string</td><td>wrong type</td><td>wrong
 *     type</td><td>wrong type</td></tr>
 * <tr><td>{@code TRUE} for a boolean</td><td>malformed</td><td>malformed</td><td>wrong
 *     type</td></tr>
 * <tr><td>a name twice</td><td>repeated field</td><td>repeated field</td><td>repeated
 *     field</td></tr>
 * <tr><td>a byte order mark</td><td>skipped at the start of a file</td><td>skipped
 *     there</td><td>skipped there</td></tr>
 * <tr><td>half of a surrogate
 *     pair</td><td>malformed</td><td>malformed</td><td>malformed</td></tr>
 * <tr><td>NUL in a string</td><td>text if escaped, else malformed</td><td>the
 *     same</td><td>text</td></tr>
 * </table>
 *
 * <table>
 * <caption>What is read from Avro, and from Parquet by its types of the same meaning</caption>
 * <tr><th>written</th><th>taken for</th><th>too, if {@code lossless}</th></tr>
 * <tr><td>int, long</td><td>integer, number, decimal if it has room; date, timestamp or time of a
 *     format that is a number</td><td>string</td></tr>
 * <tr><td>float, double, but not NaN or infinite</td><td>number</td><td>integer without a fraction;
 *     string; the decimal that is written like it</td></tr>
 * <tr><td>decimal</td><td>decimal without rounding; the nearest number; integer if its scale is
 *     0</td><td>integer without a fraction; string</td></tr>
 * <tr><td>boolean</td><td>boolean</td><td>string</td></tr>
 * <tr><td>string, enum, uuid</td><td>string; date, timestamp, time by the field's
 *     format</td><td>integer, number, decimal, boolean as they are written</td></tr>
 * <tr><td>bytes, fixed</td><td>nothing</td><td>string, if bytes are valid UTF-8</td></tr>
 * <tr><td>date</td><td>date</td><td></td></tr>
 * <tr><td>time-millis, -micros</td><td>time, within a day</td><td></td></tr>
 * <tr><td>timestamp-millis, -micros, -nanos</td><td>timestamp, cut off after the microsecond,
 *     whatever the field's format</td><td></td></tr>
 * <tr><td>local-timestamp-millis, -micros, -nanos</td><td>timestamp in the contract's
 *     zone</td><td></td></tr>
 * <tr><td>record</td><td>object</td><td></td></tr>
 * <tr><td>array</td><td>array</td><td></td></tr>
 * <tr><td>map</td><td>nothing</td><td></td></tr>
 * </table>
 *
 * <p>A record that breaks its contract is rejected with all that is wrong with it, in the order of
 * its fields, and then with what it lacks; unknown and repeated fields, and what is wrong within
 * one array, are listed up to the thousandth. A place inside of a field reads {@code items[2].sku}.
 * What is not JSON, CSV or a datum of its schema is rejected for the first place where it isn't,
 * counted in bytes from 0 at the start of the record, and for nothing else. Rules over several
 * fields are tried where all of these keep their own, and then all of them. A value that can't be
 * the event time is rejected as that only, not for its type as well. Rejects have their event time
 * if it could be read and is plausible.
 *
 * <p>A record's timestamp is its event time. That may lie before the timestamp of its block. A
 * bounded source gives blocks the earliest timestamp there is, so there it never does. An unbounded
 * one should give a block the time of its earliest record, and so hold the watermark back; a record
 * that it misjudges is late, and no error that would fail the job for ever. So any skew is allowed,
 * and late records are for {@code SplitLate} to find. Rejects have the timestamp of their block;
 * and {@link #withReadTimes} records, too.
 *
 * <p>Blocks must be in the global window, since records don't stay within the window of a block.
 * Each is read in one pass over its bytes; what a whole run costs a row is in ci/benchmarks.
 */
public final class DecodeRecords extends PTransform<PCollection<RawBlock>, Outcome<Record>> {
  private static final long serialVersionUID = 1L;

  /** The name of this stage in {@link Rejected#stage()} and metrics. */
  public static final String STAGE = "decode";

  private static final TupleTag<Record> PASSED = new TupleTag<>() {};
  private static final TupleTag<Rejected> REJECTED = new TupleTag<>() {};

  private final Contract contract;
  private final Kept kept;

  private final boolean readTimes;

  private DecodeRecords(Contract contract, Kept kept, boolean readTimes) {
    this.contract = contract;
    this.kept = kept;
    this.readTimes = readTimes;
  }

  /** Decodes records of this contract; those that pass don't keep their original bytes. */
  public static DecodeRecords against(Contract contract) {
    return new DecodeRecords(contract, Kept.NOTHING, false);
  }

  /**
   * Has records carry their original bytes, which is needed where a later stage may reject them,
   * and the envelopes of messages. It makes each as much larger.
   */
  public DecodeRecords keepingOriginals() {
    return new DecodeRecords(contract, Kept.ORIGINALS, readTimes);
  }

  /**
   * Has records of messages carry key, headers and timestamp, which is needed where they are to be
   * sent on with them. It makes each larger by those and 29 bytes, and by 8 a header; records of
   * files stay as they are.
   */
  public DecodeRecords keepingEnvelopes() {
    return new DecodeRecords(contract, Kept.ENVELOPES, readTimes);
  }

  /**
   * Leaves records the timestamp of their block instead of their event time: where that is the
   * watermark of the source, they hold back the watermark of what follows until they are through,
   * and tell when they were read.
   */
  public DecodeRecords withReadTimes() {
    return new DecodeRecords(contract, kept, true);
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
            ParDo.of(new Decode(contract, kept, readTimes))
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
        .add(DisplayData.item("kept", kept.name()))
        .add(DisplayData.item("readTimes", readTimes));
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
    private final Kept kept;
    private final boolean readTimes;
    private transient RecordDecoders decoders;
    private transient long decoded;
    private transient long rejected;

    Decode(Contract contract, Kept kept, boolean readTimes) {
      this.contract = contract;
      this.kept = kept;
      this.readTimes = readTimes;
    }

    @Setup
    public void setup() {
      decoders = new RecordDecoders(contract);
    }

    @StartBundle
    public void startBundle() {
      decoded = 0;
      rejected = 0;
    }

    @ProcessElement
    public void process(
        @Element RawBlock block, @Timestamp Instant readTime, MultiOutputReceiver out) {
      RecordDecoder decoder = decoders.of(block);
      OutputReceiver<Record> passed = out.get(PASSED);
      for (int i = 0; i < block.size(); i++) {
        if (decoder.read(block, i)) {
          Record record = kept.of(decoder);
          passed.outputWithTimestamp(record, readTimes ? readTime : record.eventTime());
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
