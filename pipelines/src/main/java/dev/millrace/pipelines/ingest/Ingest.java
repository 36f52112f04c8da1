package dev.millrace.pipelines.ingest;

import static dev.millrace.record.Disposition.ACCEPTED;
import static dev.millrace.record.Disposition.DUPLICATE;
import static dev.millrace.record.Disposition.FILTERED;
import static dev.millrace.record.Disposition.LATE;
import static dev.millrace.record.Disposition.PUBLISHED;

import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import dev.millrace.pipelines.Preview;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.dedup.Deduplicated;
import dev.millrace.stages.window.LateSplit;
import dev.millrace.stages.window.PaneSplit;
import dev.millrace.stages.window.Selection;
import dev.millrace.stages.window.SplitPanes;
import dev.millrace.stages.window.StampEventTimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Takes records from files into tables: validated against a contract, each once, cut into
 * partitions by event time, aggregated in windows; with what was rejected in quarantine and every
 * record accounted for. Bounded or, with {@code --streaming}, unbounded: the stages know which.
 *
 * <p>Everything is written below one staging folder, with a manifest of the files and of what
 * became of the records. Nothing is published here: whoever launched the run audits the manifest
 * first. But an unbounded run that doesn't end by itself publishes what is complete while it goes
 * on, commit by commit, each audited as the whole of another run is.
 *
 * <p>A run of an interval is a {@link Slice}: runs of adjacent ones publish what one run over all
 * of them does.
 *
 * <p>{@link IngestSinks} are different: what is sent to a topic or a database is there at once, and
 * no audit takes it back.
 */
public final class Ingest implements PipelineDefinition<IngestOptions> {

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "Takes records from files into validated, deduplicated, partitioned tables";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Class<IngestOptions> options() {
    return IngestOptions.class;
  }

  @Override
  public CheckedContract build(Pipeline pipeline, IngestOptions options) {
    IngestPlan plan = IngestPlan.of(options);
    Bookkeeping books = plan.bookkeeping();
    List<PCollection<Rejected>> rejects = new ArrayList<>();

    PCollection<RawBlock> raw = pipeline.apply("Read", plan.read());
    books.count("Read", raw, plan.tallyRead());

    PCollection<Record> decoded = raw.apply("Decode", plan.decode()).rejectedTo(rejects);
    PCollection<Record> accepted =
        plan.refers() ? decoded.apply("ReferTo", plan.referTo(raw)).rejectedTo(rejects) : decoded;
    books.count("Accepted", accepted, ACCEPTED);

    // With what is around a slice, which decides about copies, conflicts and windows in it.
    Selection<Record> compared = accepted.apply("SelectInterval", plan.slice().selectCompared());
    compared.outside().ifPresent(others -> books.count("Filtered", others, FILTERED));

    Deduplicated distinct = compared.inside().apply("DropDuplicates", plan.dropDuplicates());
    rejects.add(distinct.conflicts());
    books.count("Duplicates", own("Duplicates", distinct.duplicates(), plan, books), DUPLICATE);

    // Before any window, since a window drops what is late to it without a trace.
    LateSplit split = distinct.unique().apply("SplitLate", plan.splitLate());
    split.late().ifPresent(late -> setAside(own("Late", late, plan, books), plan, books));

    PCollection<Record> published = own("Published", split.onTime(), plan, books);
    books.count("Published", published, PUBLISHED);
    books.file("WriteRecords", published, plan.writeTable("records"));
    plan.sinks().publish(published);

    if (plan.aggregates()) {
      aggregate(plan.slice().windowsReachOut() ? split.onTime() : published, plan, books);
    }
    quarantine(rejects, plan, books);

    books.close();
    return plan.contract();
  }

  @Override
  public Optional<Preview> preview(IngestOptions options) {
    IngestPlan plan = IngestPlan.of(options);
    return Optional.of(new Preview(plan.contract(), plan.files()));
  }

  @Override
  public Optional<CheckedContract> contract(IngestOptions options) {
    return Optional.of(IngestPlan.checked(options));
  }

  @Override
  public void shuffleInput(IngestOptions options, Path folder, long seed) {
    IngestPlan.of(options).shuffleInput(folder, seed);
  }

  /** Takes out what is not of the slice: other slices publish and count it. */
  private static PCollection<Record> own(
      String name, PCollection<Record> records, IngestPlan plan, Bookkeeping books) {
    Selection<Record> selected = records.apply("Select" + name, plan.slice().selectOwn());
    selected.outside().ifPresent(others -> books.count("Filtered" + name, others, FILTERED));
    return selected.inside();
  }

  private static void setAside(PCollection<Record> late, IngestPlan plan, Bookkeeping books) {
    books.count("Late", late, LATE);
    books.file("WriteLate", late, plan.writeTable("late"));
  }

  private static void quarantine(
      List<PCollection<Rejected>> rejects, IngestPlan plan, Bookkeeping books) {
    PCollection<Rejected> all =
        PCollectionList.of(rejects).apply("Rejects", Flatten.pCollections());
    Selection<Rejected> selected = all.apply("SelectRejects", plan.selectRejects());
    selected
        .outside()
        .ifPresent(others -> books.count("FilteredRejects", others, plan.tallyOtherRejects()));
    PCollection<Rejected> rejected = selected.inside();
    books.count("Rejected", rejected, plan.tallyRejects());
    books.file("WriteQuarantine", rejected, plan.writeQuarantine());
    plan.sinks().reject(rejected);
  }

  private static void aggregate(PCollection<Record> records, IngestPlan plan, Bookkeeping books) {
    PCollection<Record> aggregates = aggregates(records, plan);
    PCollection<Record> last = aggregates;
    if (aggregates.isBounded() == IsBounded.UNBOUNDED) {
      PaneSplit panes = aggregates.apply("SplitPanes", SplitPanes.create());
      last = panes.last();
      if (plan.hasUpdates()) {
        books.file("WriteUpdates", panes.updates(), plan.writeUpdates());
      }
    }
    books.file("WriteAggregates", last, plan.writeAggregates());
  }

  /** Those of the windows that start in the slice. */
  private static PCollection<Record> aggregates(PCollection<Record> records, IngestPlan plan) {
    Slice slice = plan.slice();
    PCollection<Record> windowed =
        slice.windowsReachOut()
            ? records.apply("SelectWindowed", slice.selectWindowed()).inside()
            : records;
    PCollection<Record> timed =
        plan.commits() ? windowed.apply("EventTimes", StampEventTimes.create()) : windowed;
    PCollection<Record> aggregates =
        timed
            .apply("Window", plan.windows())
            .apply("Aggregate", plan.aggregate())
            .apply("SelectWindows", slice.selectWindows())
            .inside();
    return slice
        .requireClosed()
        .map(require -> aggregates.apply("RequireClosed", require))
        .orElse(aggregates);
  }
}
