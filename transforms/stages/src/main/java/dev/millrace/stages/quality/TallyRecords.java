package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.Tally;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts records, by partition and hour of their event times if asked to. Any windows; the counts
 * are at the end of the record's window, if each has one, and otherwise of the global one. They are
 * parts, a bundle's each, to be added up.
 *
 * <p>A record that is in several windows is one for each of them to a runner, and counted as often:
 * count before windows that overlap. Costs one probe of a small table a record.
 */
public final class TallyRecords
    extends PTransform<PCollection<Record>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final Groups groups;

  private TallyRecords(Groups groups) {
    this.groups = groups;
  }

  /** Counts all records as having come to this. */
  public static TallyRecords as(Disposition disposition) {
    return new TallyRecords(new Groups(disposition, null, false));
  }

  /** Counts each partition by itself. */
  public TallyRecords by(Partitioning partitioning) {
    return new TallyRecords(new Groups(groups.disposition, partitioning, groups.hourly));
  }

  /** Counts each UTC hour by itself. */
  public TallyRecords hourly() {
    return new TallyRecords(new Groups(groups.disposition, groups.partitioning, true));
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Record> records) {
    boolean global = records.getWindowingStrategy().getWindowFn() instanceof GlobalWindows;
    DoFn<Record, KV<Tally, Long>> count =
        global ? new CountRecords(groups) : new CountRecordsPerWindow(groups);
    return records.apply("Count", new CountPerBundle<>(count));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("as", groups.disposition.code()))
        .add(DisplayData.item("hourly", groups.hourly));
    if (groups.partitioning != null) {
      builder.add(DisplayData.item("by", groups.partitioning.name()));
    }
  }

  /** Which records are counted together: those with the same number. */
  record Groups(Disposition disposition, Partitioning partitioning, boolean hourly)
      implements Serializable {
    private static final int HOURS = 24;

    /** Hours of a day are told apart by {@code number mod 24}, where they are. */
    long number(long eventTimeMillis) {
      if (hourly) {
        return Partitioning.HOUR.bucket(eventTimeMillis)
            - (partitioning == null ? HOURS * Partitioning.DAY.bucket(eventTimeMillis) : 0);
      }
      return partitioning == null ? 0 : partitioning.bucket(eventTimeMillis);
    }

    Tally tally(long number) {
      int hour = hourly ? (int) Math.floorMod(number, (long) HOURS) : -1;
      return new Tally(disposition, "", partition(number), hour);
    }

    private String partition(long number) {
      if (partitioning == null) {
        return "";
      }
      boolean dayOfHour = hourly && partitioning == Partitioning.DAY;
      return partitioning.name(dayOfHour ? Math.floorDiv(number, (long) HOURS) : number);
    }
  }

  /** Counts a bundle by window and group. */
  private abstract static class Count extends DoFn<Record, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    private final Groups groups;
    private transient PerWindow<LongCounts> counts;

    Count(Groups groups) {
      this.groups = groups;
    }

    @StartBundle
    public void start() {
      counts = new PerWindow<>(LongCounts::new);
    }

    final void count(Record record, BoundedWindow window) {
      counts.in(window).increment(groups.number(record.eventTimeMillis()));
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.forEach(
          (window, numbers) ->
              numbers.forEach(
                  (number, count) ->
                      CountPerBundle.output(context, window, groups.tally(number), count)));
    }
  }

  /** In the global window. Beam takes each element apart for a function that asks for windows. */
  private static final class CountRecords extends Count {
    private static final long serialVersionUID = 1L;

    CountRecords(Groups groups) {
      super(groups);
    }

    @ProcessElement
    public void process(@Element Record record) {
      count(record, GlobalWindow.INSTANCE);
    }
  }

  private static final class CountRecordsPerWindow extends Count {
    private static final long serialVersionUID = 1L;

    CountRecordsPerWindow(Groups groups) {
      super(groups);
    }

    @ProcessElement
    public void process(@Element Record record, BoundedWindow window) {
      count(record, window);
    }
  }
}
