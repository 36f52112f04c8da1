package dev.millrace.stages.window;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Sets the records apart that are behind the watermark by more than the allowed lateness, which a
 * window further on would drop without a trace. Apply it before {@link Windows}, with the same
 * lateness: a record that is on time here is never dropped there, since its window ends after it.
 *
 * <p><b>Bounded.</b> Nothing is late: the records on time are the input, and there is no step.
 * <b>Unbounded.</b> The input is in the global window. Records are keyed by a part of their
 * provenance, because Beam shows the watermark only to keyed functions; no state is kept.
 * Timestamps and windows are left as they are.
 *
 * <p>Where the timestamps of records are the watermark of the source when they were read, {@link
 * #byReadTimes} judges by these: then what is late depends on the order of the input only, and not
 * on how far the watermark has got here.
 */
public final class SplitLate extends PTransform<PCollection<Record>, LateSplit> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Record> ON_TIME = new TupleTag<>("onTime") {};
  private static final TupleTag<Record> LATE = new TupleTag<>("late") {};

  private final Duration allowedLateness;

  private final boolean readTimes;

  private SplitLate(Duration allowedLateness, boolean readTimes) {
    this.allowedLateness = allowedLateness;
    this.readTimes = readTimes;
  }

  /** Records are late when their event time is more than this behind the watermark. */
  public static SplitLate after(Duration allowedLateness) {
    return new SplitLate(Lateness.check(allowedLateness), false);
  }

  /** By the timestamps of records, instead of the watermark here. */
  public SplitLate byReadTimes() {
    return new SplitLate(allowedLateness, true);
  }

  @Override
  public LateSplit expand(PCollection<Record> records) {
    if (records.isBounded() == IsBounded.BOUNDED) {
      return new LateSplit(records, Optional.empty());
    }
    if (!(records.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "Cannot split late records in windows of %s: they have dropped late ones already (expected the global window: apply Windows after SplitLate)"
              .formatted(records.getWindowingStrategy().getWindowFn()));
    }
    RecordCoder coder = RecordCoder.of(RecordCoder.schemaOf(records));
    PCollectionTuple split = readTimes ? byReadTime(records) : byWatermark(records, coder);
    return new LateSplit(
        split.get(ON_TIME).setCoder(coder), Optional.of(split.get(LATE).setCoder(coder)));
  }

  private PCollectionTuple byReadTime(PCollection<Record> records) {
    return records.apply(
        "CompareToReadTime",
        ParDo.of(new CompareToReadTime(allowedLateness.getMillis()))
            .withOutputTags(ON_TIME, TupleTagList.of(LATE)));
  }

  private PCollectionTuple byWatermark(PCollection<Record> records, RecordCoder coder) {
    return records
        .apply("KeyBySource", ParDo.of(new KeyByPosition()))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply(
            "CompareToWatermark",
            ParDo.of(new CompareToWatermark(allowedLateness.getMillis()))
                .withOutputTags(ON_TIME, TupleTagList.of(LATE)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("after", allowedLateness))
        .add(DisplayData.item("byReadTimes", readTimes));
  }

  /**
   * Spreads records over a few keys, the same ones however often it is done. Neighbours go to the
   * same one, since runners handle what has one key together.
   */
  private static final class KeyByPosition extends DoFn<Record, KV<Integer, Record>> {
    private static final long serialVersionUID = 1L;
    private static final int KEYS = 64;
    private static final int NEIGHBOURS_BITS = 18;

    @ProcessElement
    public void process(@Element Record record, OutputReceiver<KV<Integer, Record>> output) {
      int hash =
          31 * record.source().hashCode() + Long.hashCode(record.offset() >> NEIGHBOURS_BITS);
      output.output(KV.of(Math.floorMod(hash, KEYS), record));
    }
  }

  private static final class CompareToReadTime extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    private final long allowedMillis;

    CompareToReadTime(long allowedMillis) {
      this.allowedMillis = allowedMillis;
    }

    @ProcessElement
    public void process(
        @Element Record record, @Timestamp Instant readTime, MultiOutputReceiver outputs) {
      long behind = readTime.getMillis() - record.eventTimeMillis();
      outputs.get(behind > allowedMillis ? LATE : ON_TIME).output(record);
    }
  }

  static final class CompareToWatermark extends DoFn<KV<Integer, Record>, Record> {
    private static final long serialVersionUID = 1L;

    /** Never set: a timer is where Beam shows the watermark. */
    @TimerId("watermark")
    private final TimerSpec watermarkSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private final long allowedMillis;

    CompareToWatermark(long allowedMillis) {
      this.allowedMillis = allowedMillis;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Record> keyed,
        @TimerId("watermark") Timer watermark,
        MultiOutputReceiver outputs) {
      Record record = keyed.getValue();
      long behind = watermark.getCurrentRelativeTime().getMillis() - record.eventTimeMillis();
      outputs.get(behind > allowedMillis ? LATE : ON_TIME).output(record);
    }

    @OnTimer("watermark")
    public void neverCalled() {}
  }
}
