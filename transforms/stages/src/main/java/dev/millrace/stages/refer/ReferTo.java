package dev.millrace.stages.refer;

import dev.millrace.record.Outcome;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.ReferenceVersion;
import dev.millrace.record.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Checks that what records refer to is there: {@code ReferTo.fields(List.of("origin",
 * "destination"), "airports.csv#iata", codes)} rejects flights from or to what is no airport.
 *
 * <p>A value is in a reference if their texts are equal, byte by byte; an INTEGER's text is its
 * decimal digits, without leading zeros. Null refers to nothing and passes: whether a value is
 * required is for the contract to say. An empty reference has no value that could pass. All misses
 * of a record are reported together, in the order of its fields.
 *
 * <p>Records are bounded or not, in any windows, and must carry their original bytes, as {@code
 * DecodeRecords.keepingOriginals()} has them; those that pass still do. Their timestamps, windows
 * and order are left as they are. A reference is held once a worker thread, in about 10 bytes a
 * value beside the bytes of the values, and is fetched once a bundle and window; a record costs one
 * hash and one comparison a field.
 *
 * <p><b>Change.</b> A reference of {@link #fields} is the same for the whole of a run, and the
 * answer a function of records and reference alone. One that is {@link #changing} is the latest
 * version that has come, whole: what an earlier one had and this one lacks is unknown from then on.
 * Records wait for the first version, but not for any other: which one a record meets depends on
 * when either comes, not on event time. So a run in which the reference changes can't be repeated
 * with the same answer; one in which it doesn't can.
 */
public final class ReferTo extends PTransform<PCollection<Record>, Outcome<Record>> {
  private static final long serialVersionUID = 1L;

  /** The name of this stage in {@link Rejected#stage()} and metrics. */
  public static final String STAGE = "refer";

  private static final TupleTag<Record> PASSED = new TupleTag<>("passed") {};
  private static final TupleTag<Rejected> REJECTED = new TupleTag<>("rejected") {};

  /** What a reference holds: applies the steps of this name that make a view of it. */
  @FunctionalInterface
  private interface Values {
    PCollectionView<ValueSet> viewedBy(String name);
  }

  private final List<Reference> references;
  private final transient List<Values> values;

  private ReferTo(List<Reference> references, List<Values> values) {
    this.references = references;
    this.values = values;
  }

  /** Checks nothing, yet. */
  public static ReferTo nothing() {
    return new ReferTo(List.of(), List.of());
  }

  /**
   * Checks fields against a reference.
   *
   * @param fields STRING or INTEGER fields of the records
   * @param reference what people call it; messages name it
   * @param values what it holds; the same value may come more than once
   */
  public static ReferTo fields(List<String> fields, String reference, PCollection<String> values) {
    return nothing().andFields(fields, reference, values);
  }

  /**
   * Checks fields against a reference that changes.
   *
   * @param fields STRING or INTEGER fields of the records
   * @param reference what people call it; messages name it
   * @param versions what it holds: the one with the highest number counts
   */
  public static ReferTo changing(
      List<String> fields, String reference, PCollection<ReferenceVersion> versions) {
    return nothing().andChanging(fields, reference, versions);
  }

  /** Checks other fields against another reference too; see {@link #fields}. */
  public ReferTo andFields(List<String> fields, String reference, PCollection<String> values) {
    if (values.isBounded() == IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          "Invalid reference: %s is unbounded (expected a bounded collection of values, or versions of a changing one)"
              .formatted(reference));
    }
    return and(
        new Reference(reference, fields),
        name -> values.apply(name, Combine.globally(new CollectValues()).asSingletonView()));
  }

  /** Checks other fields against another reference too; see {@link #changing}. */
  public ReferTo andChanging(
      List<String> fields, String reference, PCollection<ReferenceVersion> versions) {
    return and(new Reference(reference, fields), name -> versions.apply(name, new LatestVersion()));
  }

  private ReferTo and(Reference reference, Values holds) {
    return new ReferTo(append(references, reference), append(values, holds));
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  @Override
  public Outcome<Record> expand(PCollection<Record> records) {
    RecordSchema schema = RecordCoder.schemaOf(records);
    references.forEach(reference -> reference.check(schema));
    List<PCollectionView<ValueSet>> views = new ArrayList<>();
    for (Values each : values) {
      views.add(each.viewedBy("Reference" + (views.size() + 1)));
    }
    PCollectionTuple outcome =
        records.apply(
            "LookUp",
            ParDo.of(new LookUp(schema, references, List.copyOf(views)))
                .withSideInputs(views)
                .withOutputTags(PASSED, TupleTagList.of(REJECTED)));
    return new Outcome<>(
        outcome.get(PASSED).setCoder(RecordCoder.of(schema)),
        outcome.get(REJECTED).setCoder(Rejected.RejectedCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    for (int i = 0; i < references.size(); i++) {
      Reference reference = references.get(i);
      builder.add(
          DisplayData.item(
              "fields" + (i + 1),
              "%s: %s".formatted(String.join(",", reference.fields()), reference.name())));
    }
  }

  static final class LookUp extends DoFn<Record, Record> {
    private static final long serialVersionUID = 1L;

    private final Counter passedRecords = Metrics.counter(STAGE, "records_passed");
    private final Counter rejectedRecords = Metrics.counter(STAGE, "records_rejected");
    private final RecordSchema schema;
    private final List<Reference> references;
    private final List<PCollectionView<ValueSet>> views;
    private transient ReferenceCheck check;
    private transient BoundedWindow window;
    private transient long passed;
    private transient long rejected;

    LookUp(RecordSchema schema, List<Reference> references, List<PCollectionView<ValueSet>> views) {
      this.schema = schema;
      this.references = references;
      this.views = views;
    }

    @Setup
    public void setUp() {
      check = new ReferenceCheck(schema, references);
    }

    @StartBundle
    public void startBundle() {
      window = null;
      passed = 0;
      rejected = 0;
    }

    @ProcessElement
    public void process(ProcessContext context, BoundedWindow at) {
      if (!at.equals(window)) {
        for (int i = 0; i < views.size(); i++) {
          check.use(i, context.sideInput(views.get(i)));
        }
        window = at;
      }
      Record record = context.element();
      if (check.passes(record)) {
        context.output(record);
        passed++;
      } else {
        context.output(REJECTED, check.reject(record));
        rejected++;
      }
    }

    @FinishBundle
    public void finishBundle() {
      passedRecords.inc(passed);
      rejectedRecords.inc(rejected);
    }
  }
}
