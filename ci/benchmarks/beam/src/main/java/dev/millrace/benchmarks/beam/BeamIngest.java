package dev.millrace.benchmarks.beam;

import dev.millrace.benchmarks.run.CountsReport;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.JsonToRow;
import org.apache.beam.sdk.transforms.JsonToRow.ParseResult;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ToJson;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The job with the transforms that Beam's guides use for it. */
public final class BeamIngest {
  private static final String READ = "read";
  private static final String REJECTED = "rejected";
  private static final String UNIQUE = "unique";

  private BeamIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(BeamIngest::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  /** Runs the job once. */
  public static void run(Path input, Path output) throws IOException {
    Pipeline pipeline = Pipeline.create(FlinkSettings.options());
    build(pipeline, input, output);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    report(result.metrics()).write(output);
  }

  private static void build(Pipeline pipeline, Path input, Path output) {
    PCollectionTuple lines =
        pipeline
            .apply("ReadLines", TextIO.read().from(input + "/*.ndjson"))
            .apply("CountLines", ParDo.of(new CountElements<>(READ)))
            .apply(
                "CheckLines",
                ParDo.of(new CheckLine())
                    .withOutputTags(CheckLine.PASSED, TupleTagList.of(CheckLine.REJECTED)));
    ParseResult parsed =
        lines
            .get(CheckLine.PASSED)
            .apply("ParseJson", JsonToRow.withExceptionReporting(EventSchema.EVENT));
    PCollectionTuple events =
        parsed
            .getResults()
            .apply(
                "CheckEvents",
                ParDo.of(new CheckEvent())
                    .withOutputTags(CheckEvent.PASSED, TupleTagList.of(CheckEvent.REJECTED)));
    PCollection<Row> unique =
        events
            .get(CheckEvent.PASSED)
            .setRowSchema(EventSchema.EVENT)
            .apply(
                "DropDuplicates",
                Distinct.<Row, String>withRepresentativeValueFn(event -> event.getString("id"))
                    .withRepresentativeType(TypeDescriptors.strings()))
            .setRowSchema(EventSchema.EVENT)
            .apply("CountUnique", ParDo.of(new CountElements<>(UNIQUE)))
            .setRowSchema(EventSchema.EVENT);
    unique.apply(
        "WriteRecords", ParquetPartitions.to(output + "/records", EventSchema.EVENT, "event_time"));
    unique
        .apply("AddUpHours", new HourlySales())
        .apply(
            "WriteAggregates",
            ParquetPartitions.to(output + "/aggregates", HourlySales.HOUR, "window_start"));
    writeRejects(lines.get(CheckLine.REJECTED), parsed, events, output);
  }

  private static void writeRejects(
      PCollection<String> inexact, ParseResult parsed, PCollectionTuple events, Path output) {
    PCollection<String> unparsed =
        parsed
            .getFailedToParseLines()
            .apply(
                "TakeLines",
                MapElements.into(TypeDescriptors.strings()).via(row -> row.getString("line")));
    PCollection<String> broken =
        events
            .get(CheckEvent.REJECTED)
            .setRowSchema(EventSchema.EVENT)
            .apply("WriteAsJson", ToJson.of());
    PCollectionList.of(inexact)
        .and(unparsed)
        .and(broken)
        .apply("AllRejects", Flatten.pCollections())
        .apply("CountRejects", ParDo.of(new CountElements<>(REJECTED)))
        .apply(
            "WriteRejects", TextIO.write().to(output + "/quarantine/part").withSuffix(".ndjson"));
  }

  private static CountsReport report(MetricResults metrics) {
    long read = CountElements.result(metrics, READ);
    long rejected = CountElements.result(metrics, REJECTED);
    return new CountsReport(
        read, rejected, read - rejected - CountElements.result(metrics, UNIQUE));
  }
}
