package dev.millrace.pipelines.delays;

import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.io.table.WriteManifest;
import dev.millrace.io.table.WriteTable;
import dev.millrace.pipelines.Bookkeeping;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.quarantine.WriteQuarantine;
import dev.millrace.record.Disposition;
import dev.millrace.record.Outcome;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.DecodeRecords;
import dev.millrace.stages.quality.TallyBlocks;
import dev.millrace.stages.quality.TallyRejects;
import dev.millrace.stages.window.Aggregate;
import dev.millrace.stages.window.Windows;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** The delays of flights by airport and New York day: the smallest pipeline that is audited. */
public final class Delays implements PipelineDefinition<DelaysOptions> {

  @Override
  public String name() {
    return "delays";
  }

  @Override
  public String summary() {
    return "Computes the delays of flights by airport and day: an example to copy";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Class<DelaysOptions> options() {
    return DelaysOptions.class;
  }

  // README: your own pipeline
  @Override
  public CheckedContract build(Pipeline pipeline, DelaysOptions options) {
    Contract contract = Contract.read(Path.of(options.getContract()));
    String staging = options.getStaging();
    Bookkeeping books = new Bookkeeping(contract, WriteManifest.to(staging));

    PCollection<RawBlock> raw =
        pipeline.apply("Read", ReadFiles.of(FileSet.match(options.getInput())));
    books.count("Read", raw, TallyBlocks.asRead());

    Outcome<Record> decoded = raw.apply("Decode", DecodeRecords.against(contract));
    PCollection<Record> flights = decoded.passed();
    books.count("Accepted", flights, Disposition.ACCEPTED);
    books.count("Published", flights, Disposition.PUBLISHED);
    books.file("WriteRecords", flights, WriteTable.to(staging, "records"));

    PCollection<Record> delays =
        flights
            .apply("Daily", Windows.parse("day in America/New_York"))
            .apply("Delays", Aggregate.by(List.of("origin")).with("count,mean(delay),max(delay)"));
    books.file("WriteDelays", delays, WriteTable.to(staging, "delays"));

    QuarantineContext origin =
        new QuarantineContext(contract.id(), contract.version(), name(), version());
    PCollection<Rejected> rejected = decoded.rejected();
    books.count("Rejected", rejected, TallyRejects.by(contract.partitioning()));
    books.file("WriteQuarantine", rejected, WriteQuarantine.to(staging, origin));

    books.close();
    return CheckedContract.of(contract);
  }
  // README: end
}
