package dev.millrace.pipelines.example;

import dev.millrace.io.FileSet;
import dev.millrace.io.ReadFiles;
import dev.millrace.io.WriteParquet;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.quarantine.WriteQuarantine;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.DecodeRecords;
import dev.millrace.stages.dedup.DropDuplicates;
import dev.millrace.stages.window.Aggregate;
import dev.millrace.stages.window.Windows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** The pipeline that the README shows; a test runs it and compares the two texts. */
final class DelaysByAirport {
  private DelaysByAirport() {}

  // README: your own pipeline
  static void build(Pipeline pipeline, String input, String contractFile, String output) {
    Contract contract = Contract.read(Path.of(contractFile));
    List<PCollection<Rejected>> rejects = new ArrayList<>();

    PCollection<Record> flights =
        pipeline
            .apply("Read", ReadFiles.of(FileSet.match(List.of(input))))
            .apply("Decode", DecodeRecords.against(contract))
            .rejectedTo(rejects)
            .apply("DropDuplicates", DropDuplicates.byContent())
            .unique();

    flights
        .apply("Daily", Windows.parse("day in America/New_York"))
        .apply("Delays", Aggregate.by(List.of("origin")).with("count,mean(delay),max(delay)"))
        .apply("WriteDelays", WriteParquet.to(output, "delays"));

    PCollectionList.of(rejects)
        .apply("Rejects", Flatten.pCollections())
        .apply(
            "Quarantine",
            WriteQuarantine.to(
                output, new QuarantineContext(contract.id(), contract.version(), "delays", "1")));
  }
  // README: end
}
