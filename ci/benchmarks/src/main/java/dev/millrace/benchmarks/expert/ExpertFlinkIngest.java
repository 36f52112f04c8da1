package dev.millrace.benchmarks.expert;

import dev.millrace.benchmarks.peer.Days;
import dev.millrace.benchmarks.peer.Sinks;
import dev.millrace.benchmarks.plain.Hour;
import dev.millrace.benchmarks.run.CountsReport;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/** The native job by an expert. */
public final class ExpertFlinkIngest {
  private ExpertFlinkIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(ExpertFlinkIngest::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  /** Runs the job once. */
  public static void run(java.nio.file.Path input, java.nio.file.Path output) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            Settings.PARALLELISM, Settings.embedded());
    build(env, new Path(input.toUri()), new Path(output.toUri()));
    report(env.execute("expert-ingest"), output);
  }

  private static void build(StreamExecutionEnvironment env, Path input, Path output) {
    SingleOutputStreamOperator<EventRow> events =
        env.fromSource(
                FileSource.forRecordStreamFormat(new LineBlocks(), input).build(),
                WatermarkStrategy.noWatermarks(),
                "blocks")
            .process(new ParseBlocks())
            .returns(EventRowType.INSTANCE);
    events
        .getSideOutput(ParseBlocks.REJECTED)
        .sinkTo(Sinks.rejections(new Path(output, "quarantine")));

    SingleOutputStreamOperator<EventRow> unique =
        events
            .partitionCustom((shard, subtasks) -> shard % subtasks, ExpertFlinkIngest::shard)
            .transform("drop-repeats", EventRowType.INSTANCE, new DropRepeats());
    unique.sinkTo(records(new Path(output, "records")));

    unique
        .getSideOutput(DropRepeats.SUMS)
        .keyBy(sum -> sum.key)
        .reduce(HourSum::plus)
        .map(HourSum::toHour)
        .returns(Types.POJO(Hour.class))
        .sinkTo(
            Sinks.parquet(new Path(output, "aggregates"), Hour.class, hour -> hour.windowStart));
  }

  /** A number that is in Java's cache of small ones, since Flink wants an object. */
  private static Integer shard(EventRow row) {
    return (int) (row.hashHigh >>> 57);
  }

  private static FileSink<EventRow> records(Path folder) {
    return FileSink.forBulkFormat(folder, new ParquetWriterFactory<>(EventParquet::writer))
        .withBucketAssigner(new Days<>(EventRow::micros))
        .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".parquet").build())
        .build();
  }

  private static void report(JobExecutionResult result, java.nio.file.Path output)
      throws IOException {
    long read = result.getAccumulatorResult(ParseBlocks.READ);
    long rejected = result.getAccumulatorResult(ParseBlocks.REJECTIONS);
    long duplicates = result.getAccumulatorResult(DropRepeats.DUPLICATES);
    new CountsReport(read, rejected, duplicates).write(output);
  }
}
