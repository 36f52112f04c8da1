package dev.millrace.stages.refer;

import dev.millrace.record.Outcome;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
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
 * and order are left as they are. References are bounded, and are the same for the whole of a run:
 * one that changes would make the answer depend on when it was asked. A reference is held once a
 * worker thread, in about 10 bytes a value beside the bytes of the values, and is fetched once a
 * bundle and window; a record costs one hash and one comparison a field.
 */
public final class ReferTo extends PTransform<PCollection<Record>, Outcome<Record>> {
  private static final long serialVersionUID = 1L;

  /** The name of this stage in {@link Rejected#stage()} and metrics. */
  public static final String STAGE = "refer";

  private static final TupleTag<Record> PASSED = new TupleTag<>("passed") {};
  private static final TupleTag<Rejected> REJECTED = new TupleTag<>("rejected") {};

  private final List<Reference> references;
  private final transient List<PCollection<String>> values;

  private ReferTo(List<Reference> references, List<PCollection<String>> values) {
    this.references = references;
    this.values = values;
  }

  /**
   * Checks fields against a reference.
   *
   * @param fields STRING or INTEGER fields of the records
   * @param reference what people call it; messages name it
   * @param values what it holds; the same value may come more than once
   */
  public static ReferTo fields(List<String> fields, String reference, PCollection<String> values) {
    return new ReferTo(List.of(), List.of()).andFields(fields, reference, values);
  }

  /** Checks other fields against another reference too; see {@link #fields}. */
  public ReferTo andFields(List<String> fields, String reference, PCollection<String> values) {
    if (values.isBounded() == IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          "Invalid reference: %s is unbounded (expected a bounded collection of values)"
              .formatted(reference));
    }
    return new ReferTo(
        append(this.references, new Reference(reference, fields)), append(this.values, values));
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
    for (PCollection<String> each : values) {
      views.add(
          each.apply(
              "Reference" + (views.size() + 1),
              Combine.globally(new CollectValues()).asSingletonView()));
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

    private final Counter rejectedRecords = Metrics.counter(STAGE, "records_rejected");
    private final RecordSchema schema;
    private final List<Reference> references;
    private final List<PCollectionView<ValueSet>> views;
    private transient ReferenceCheck check;
    private transient BoundedWindow window;
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
      } else {
        context.output(REJECTED, check.reject(record));
        rejected++;
      }
    }

    @FinishBundle
    public void finishBundle() {
      rejectedRecords.inc(rejected);
    }
  }
}
