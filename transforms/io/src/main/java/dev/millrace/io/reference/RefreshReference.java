package dev.millrace.io.reference;

import dev.millrace.io.Unwindow;
import dev.millrace.record.ReferenceVersion;
import java.io.IOException;
import java.time.Duration;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Reads the values that records may refer to, as {@link ReadReference} does, and again whenever
 * their file has changed: a version of all values each time. Made by {@link
 * ReadReference#refreshing}, which says how often the file is looked at.
 *
 * <p>What it is applied to is the input of the run, bounded or not, of which it takes nothing but
 * the end: the looks go on for as long as the input does, and never keep a run from ending. One
 * worker looks, and holds a version in memory.
 *
 * <p><b>Change.</b> A file has changed if its size or its time of modification has. It is read at
 * the look after the one that found it changed, so that whoever writes it in place has one interval
 * to complete it; a file that is written under another name and renamed is always complete. So a
 * change is in use after two intervals at most. A file that changes at every look is read at every
 * other.
 *
 * <p><b>Failure.</b> The first look must succeed, or the run fails. A file that is gone or broken
 * at a later one, or lacks the column, rejects no record: what it held stays in use, an error is
 * logged once, and the run fails only at the {@link #withMaxFailures}th such look in a row. Records
 * that it would have known are in the quarantine then, if there are any.
 *
 * <p>What was read, and how often it failed, is state: a run that goes on after a failure of its
 * own goes on with that.
 */
public final class RefreshReference
    extends PTransform<PCollection<?>, PCollection<ReferenceVersion>> {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_MAX_FAILURES = 60;
  private static final Coder<KV<String, Void>> START =
      KvCoder.of(StringUtf8Coder.of(), VoidCoder.of());

  private final ReferenceLook look;
  private final Duration interval;

  private RefreshReference(ReferenceLook look, Duration interval) {
    this.look = look;
    this.interval = interval;
  }

  /** Reads a column, and looks for changes so often. */
  static RefreshReference of(ReferenceColumn column, Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid interval: %s (expected 1ms or more)".formatted(interval));
    }
    return new RefreshReference(new ReferenceLook(column, DEFAULT_MAX_FAILURES), interval);
  }

  /** The look that fails the run, if all before it have failed, too; 60 unless set. */
  public RefreshReference withMaxFailures(int looks) {
    if (looks < 1) {
      throw new IllegalArgumentException(
          "Invalid maxFailures: %d (expected at least 1)".formatted(looks));
    }
    return new RefreshReference(new ReferenceLook(look.column(), looks), interval);
  }

  @Override
  public PCollection<ReferenceVersion> expand(PCollection<?> input) {
    PCollection<KV<String, Void>> start =
        input
            .getPipeline()
            .apply(
                "Start", Create.of(KV.of(look.column().toString(), (Void) null)).withCoder(START));
    PCollection<KV<String, Void>> goesOn =
        Unwindow.all(
            "Unwindow",
            input.apply("GoesOn", ParDo.of(new Nothing())).setCoder(START),
            IsBounded.BOUNDED);
    return PCollectionList.of(start)
        .and(goesOn)
        .apply("Together", Flatten.pCollections())
        .apply("Look", ParDo.of(new Look(look, interval)))
        .setCoder(ReferenceVersion.VersionCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("from", look.column().toString()))
        .add(DisplayData.item("interval", interval.toString()))
        .add(DisplayData.item("maxFailures", look.maxFailures()));
  }

  /** Gives nothing but the watermark of its input. */
  private static final class Nothing extends DoFn<Object, KV<String, Void>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {}
  }

  static final class Look extends DoFn<KV<String, Void>, ReferenceVersion> {
    private static final long serialVersionUID = 1L;

    @StateId("watch")
    private final StateSpec<ValueState<ReferenceWatch>> watchSpec =
        StateSpecs.value(new ReferenceWatch.ReferenceWatchCoder());

    @TimerId("next")
    private final TimerSpec nextSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @TimerId("end")
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private final Counter read = Metrics.counter("reference", "references_read");
    private final Counter failed = Metrics.counter("reference", "looks_failed");
    private final ReferenceLook look;
    private final org.joda.time.Duration interval;

    Look(ReferenceLook look, Duration interval) {
      this.look = look;
      this.interval = org.joda.time.Duration.millis(interval.toMillis());
    }

    @ProcessElement
    public void start(
        BoundedWindow window,
        @StateId("watch") ValueState<ReferenceWatch> watch,
        @TimerId("next") Timer next,
        @TimerId("end") Timer end,
        OutputReceiver<ReferenceVersion> versions)
        throws IOException {
      look(ReferenceWatch.NOTHING, watch, versions);
      next.offset(interval).setRelative();
      end.set(window.maxTimestamp());
    }

    @OnTimer("next")
    public void lookAgain(
        @StateId("watch") ValueState<ReferenceWatch> watch,
        @TimerId("next") Timer next,
        OutputReceiver<ReferenceVersion> versions)
        throws IOException {
      ReferenceWatch before = watch.read();
      if (before != null) {
        look(before, watch, versions);
        next.offset(interval).setRelative();
      }
    }

    private void look(
        ReferenceWatch before,
        ValueState<ReferenceWatch> watch,
        OutputReceiver<ReferenceVersion> versions)
        throws IOException {
      ReferenceWatch after = look.after(before, versions::output);
      read.inc(after.version() - before.version());
      failed.inc(Math.max(0, after.failures() - before.failures()));
      if (!after.equals(before)) {
        watch.write(after);
      }
    }

    /** Nothing waits for the next look, then. */
    @OnTimer("end")
    public void end(
        @StateId("watch") ValueState<ReferenceWatch> watch, @TimerId("next") Timer next) {
      watch.clear();
      next.clear();
    }
  }
}
