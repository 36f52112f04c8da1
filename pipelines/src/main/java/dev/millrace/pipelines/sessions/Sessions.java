package dev.millrace.pipelines.sessions;

import static dev.millrace.record.Disposition.ACCEPTED;
import static dev.millrace.record.Disposition.DUPLICATE;
import static dev.millrace.record.Disposition.PUBLISHED;

import dev.millrace.io.files.ReadFiles;
import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.dedup.Deduplicated;
import dev.millrace.stages.quality.TallyBlocks;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Finds the sessions of each key in records from files: runs of records with no gap between two
 * longer than asked for. Three tables come of it: {@code records}, each once; {@code sessions}, by
 * the day on which they start; and {@code daily}, one row a day.
 *
 * <p>Bounded only. Records are accounted for as {@code ingest} does, and published so that what a
 * session was made of can be looked up.
 */
public final class Sessions implements PipelineDefinition<SessionsOptions> {

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public String summary() {
    return "Finds the sessions of each key in records from files, and sums them up by day";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Class<SessionsOptions> options() {
    return SessionsOptions.class;
  }

  @Override
  public CheckedContract build(Pipeline pipeline, SessionsOptions options) {
    SessionsPlan plan = SessionsPlan.of(options);
    Bookkeeping books = plan.bookkeeping();
    List<PCollection<Rejected>> rejects = new ArrayList<>();

    PCollection<RawBlock> raw = pipeline.apply("Read", ReadFiles.of(plan.input()));
    books.count("Read", raw, TallyBlocks.asRead());

    PCollection<Record> accepted = raw.apply("Decode", plan.decode()).rejectedTo(rejects);
    books.count("Accepted", accepted, ACCEPTED);

    Deduplicated distinct = accepted.apply("DropDuplicates", plan.dropDuplicates());
    rejects.add(distinct.conflicts());
    books.count("Duplicates", distinct.duplicates(), DUPLICATE);

    PCollection<Record> published = distinct.unique();
    books.count("Published", published, PUBLISHED);
    books.file("WriteRecords", published, plan.writeTable("records"));

    PCollection<Record> sessions =
        published
            .apply("Window", plan.windows())
            .apply("Aggregate", plan.aggregate())
            .apply("ToSessions", plan.toSessions());
    books.file("WriteSessions", sessions, plan.writeTable("sessions"));

    PCollection<Record> daily = sessions.apply("SumUpDays", SumUpDays.create());
    books.file("WriteDaily", daily, plan.writeTable("daily"));

    PCollection<Rejected> rejected =
        PCollectionList.of(rejects).apply("Rejects", Flatten.pCollections());
    books.count("Rejected", rejected, plan.tallyRejects());
    books.file("WriteQuarantine", rejected, plan.writeQuarantine());

    books.close();
    return plan.contract();
  }
}
