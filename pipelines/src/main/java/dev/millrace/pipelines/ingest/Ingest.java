package dev.millrace.pipelines.ingest;

import static dev.millrace.record.Disposition.ACCEPTED;
import static dev.millrace.record.Disposition.DUPLICATE;
import static dev.millrace.record.Disposition.FILTERED;
import static dev.millrace.record.Disposition.LATE;
import static dev.millrace.record.Disposition.PUBLISHED;

import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
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

    // Before duplicates are dropped, so that no copy outside of the interval replaces one inside.
    Selection selected = accepted.apply("SelectInterval", plan.selectInterval());
    selected.outside().ifPresent(outside -> books.count("Filtered", outside, FILTERED));

    Deduplicated distinct = selected.inside().apply("DropDuplicates", plan.dropDuplicates());
    rejects.add(distinct.conflicts());
    books.count("Duplicates", distinct.duplicates(), DUPLICATE);

    // Before any window, since a window drops what is late to it without a trace.
    LateSplit split = distinct.unique().apply("SplitLate", plan.splitLate());
    split.late().ifPresent(late -> setAside(late, plan, books));

    PCollection<Record> published = split.onTime();
    books.count("Published", published, PUBLISHED);
    books.file("WriteRecords", published, plan.writeTable("records"));
    plan.sinks().publish(published);

    if (plan.aggregates()) {
      aggregate(published, plan, books);
    }

    PCollection<Rejected> rejected =
        PCollectionList.of(rejects).apply("Rejects", Flatten.pCollections());
    books.count("Rejected", rejected, plan.tallyRejects());
    books.file("WriteQuarantine", rejected, plan.writeQuarantine());
    plan.sinks().reject(rejected);

    books.close();
    return plan.contract();
  }

  @Override
  public void shuffleInput(IngestOptions options, Path folder, long seed) {
    IngestPlan.of(options).shuffleInput(folder, seed);
  }

  private static void setAside(PCollection<Record> late, IngestPlan plan, Bookkeeping books) {
    books.count("Late", late, LATE);
    books.file("WriteLate", late, plan.writeTable("late"));
  }

  private static void aggregate(PCollection<Record> published, IngestPlan plan, Bookkeeping books) {
    PCollection<Record> timed =
        plan.commits() ? published.apply("EventTimes", StampEventTimes.create()) : published;
    PCollection<Record> aggregates =
        timed.apply("Window", plan.windows()).apply("Aggregate", plan.aggregate());
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
}
