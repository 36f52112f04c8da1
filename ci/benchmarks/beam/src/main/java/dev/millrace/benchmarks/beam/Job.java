package dev.millrace.benchmarks.beam;

import dev.millrace.benchmarks.run.CountsReport;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.JsonToRow;
import org.apache.beam.sdk.transforms.JsonToRow.ParseResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The job with the transforms that Beam's guides use for it.
 *
 * @param type a record, as it is read and as it is written
 * @param rules whether a record is good
 * @param distinct leaves one record of those that are the same
 * @param time the field that says in which partition a record belongs
 * @param hours aggregates records by hour
 * @param hour what it makes of them
 */
record Job(
    Schema type,
    SerializableFunction<Row, Boolean> rules,
    PTransform<PCollection<Row>, PCollection<Row>> distinct,
    String time,
    PTransform<PCollection<Row>, PCollection<Row>> hours,
    Schema hour) {

  private static final String READ = "read";
  private static final String REJECTED = "rejected";
  private static final String UNIQUE = "unique";

  /** Runs the job once. */
  void run(Path input, Path output) throws IOException {
    Pipeline pipeline = Pipeline.create(FlinkSettings.options());
    build(pipeline, input, output);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    report(result.metrics()).write(output);
  }

  private void build(Pipeline pipeline, Path input, Path output) {
    PCollectionTuple lines =
        pipeline
            .apply("ReadLines", TextIO.read().from(input + "/*.ndjson"))
            .apply("CountLines", ParDo.of(new CountElements<>(READ)))
            .apply(
                "CheckLines",
                ParDo.of(new CheckLine(type))
                    .withOutputTags(CheckLine.PASSED, TupleTagList.of(CheckLine.REJECTED)));
    ParseResult parsed =
        lines.get(CheckLine.PASSED).apply("ParseJson", JsonToRow.withExceptionReporting(type));
    PCollectionTuple records =
        parsed
            .getResults()
            .apply(
                "CheckRecords",
                ParDo.of(new CheckRow(rules))
                    .withOutputTags(CheckRow.PASSED, TupleTagList.of(CheckRow.REJECTED)));
    writeRecords(records.get(CheckRow.PASSED).setRowSchema(type), output);
    PCollectionList.of(lines.get(CheckLine.REJECTED))
        .and(Rejects.unparsed(parsed))
        .and(Rejects.asJson(records.get(CheckRow.REJECTED).setRowSchema(type)))
        .apply("WriteRejects", new Rejects(REJECTED, output + "/quarantine/part"));
  }

  private void writeRecords(PCollection<Row> records, Path output) {
    PCollection<Row> unique =
        records
            .apply("DropDuplicates", distinct)
            .setRowSchema(type)
            .apply("CountUnique", ParDo.of(new CountElements<>(UNIQUE)))
            .setRowSchema(type);
    unique.apply("WriteRecords", ParquetPartitions.to(output + "/records", type, time));
    unique
        .apply("AddUpHours", hours)
        .apply(
            "WriteAggregates", ParquetPartitions.to(output + "/aggregates", hour, NameHours.START));
  }

  private static CountsReport report(MetricResults metrics) {
    long read = CountElements.result(metrics, READ);
    long rejected = CountElements.result(metrics, REJECTED);
    return new CountsReport(
        read, rejected, read - rejected - CountElements.result(metrics, UNIQUE));
  }
}
