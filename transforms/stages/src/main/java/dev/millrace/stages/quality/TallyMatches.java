package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.Record;
import dev.millrace.record.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts the records that match conditions, as {@link Disposition#FLAGGED} with the name of the
 * condition: a record once for each that it matches. Any windows; the counts are at the end of the
 * record's window, if each has one, and otherwise of the global one. They are parts, a bundle's
 * each, to be added up; a condition that no record matches has none.
 *
 * <p>Costs what the conditions cost; a record that matches one costs an increment more.
 */
public final class TallyMatches
    extends PTransform<PCollection<Record>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final Map<String, SerializableFunction<Record, Boolean>> conditions;

  private TallyMatches(Map<String, SerializableFunction<Record, Boolean>> conditions) {
    this.conditions = new LinkedHashMap<>(conditions);
  }

  /** Counts the records that match each of these conditions, by its name. */
  public static TallyMatches of(Map<String, SerializableFunction<Record, Boolean>> conditions) {
    return new TallyMatches(conditions);
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Record> records) {
    return records.apply("Count", new CountPerBundle<>(new CountMatches(conditions)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("of", String.join(", ", conditions.keySet())));
  }

  private static final class CountMatches extends DoFn<Record, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    private final Map<String, SerializableFunction<Record, Boolean>> conditions;
    private transient SerializableFunction<Record, Boolean>[] tests;
    private transient PerWindow<long[]> counts;

    CountMatches(Map<String, SerializableFunction<Record, Boolean>> conditions) {
      this.conditions = conditions;
    }

    @StartBundle
    @SuppressWarnings("unchecked") // an array of them can't be made otherwise
    public void start() {
      tests = conditions.values().toArray(SerializableFunction[]::new);
      counts = new PerWindow<>(() -> new long[tests.length]);
    }

    @ProcessElement
    public void process(@Element Record record, BoundedWindow window) {
      long[] matches = counts.in(window);
      for (int i = 0; i < tests.length; i++) {
        if (tests[i].apply(record)) {
          matches[i]++;
        }
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.forEach((window, matches) -> output(window, matches, context));
    }

    private void output(BoundedWindow window, long[] matches, FinishBundleContext context) {
      int i = 0;
      for (String name : conditions.keySet()) {
        long count = matches[i++];
        if (count > 0) {
          Tally tally = new Tally(Disposition.FLAGGED, name, "", -1);
          CountPerBundle.output(context, window, tally, count);
        }
      }
    }
  }
}
