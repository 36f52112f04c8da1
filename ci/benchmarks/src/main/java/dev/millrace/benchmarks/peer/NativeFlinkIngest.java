package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.EventRules;
import dev.millrace.benchmarks.plain.Hour;
import dev.millrace.benchmarks.run.Repetitions;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The job: read events, validate them, keep the rejects, drop duplicates, write a Parquet partition
 * a day and aggregates by hour, type and country.
 */
public final class NativeFlinkIngest {
  private NativeFlinkIngest() {}

  /** Runs the job with the {@link KeyedState} in the fourth argument as often as the others say. */
  public static void main(String[] args) throws Exception {
    KeyedState state = KeyedState.valueOf(args[3]);
    Repetitions.measure((input, output) -> run(state, input, output), args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  /** Runs the job once. */
  public static void run(KeyedState state, java.nio.file.Path input, java.nio.file.Path output)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            Profile.PARALLELISM, Profile.settings(state));
    build(env, new Path(input.toUri()), new Path(output.toUri()));
    Counts.of(env.execute("native-ingest")).write(output);
  }

  private static void build(StreamExecutionEnvironment env, Path input, Path output) {
    SingleOutputStreamOperator<Event> events =
        env.fromSource(
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), input).build(),
                WatermarkStrategy.noWatermarks(),
                "lines")
            .process(new ParseLine<>(Event.class, EventRules::violations))
            .returns(Types.POJO(Event.class));
    events.getSideOutput(ParseLine.REJECTED).sinkTo(Sinks.rejections(in(output, "quarantine")));

    // A bounded job needs no watermarks: a keyed operator is given the rows of a key in the order
    // of their time, and the end of time after them.
    SingleOutputStreamOperator<Event> unique =
        events
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Event>noWatermarks()
                    .withTimestampAssigner((event, time) -> event.eventTime / 1000))
            .keyBy(event -> event.id)
            .process(new DropRepeats<>())
            .returns(Types.POJO(Event.class));
    unique.sinkTo(Sinks.parquet(in(output, "records"), Event.class, event -> event.eventTime));

    unique
        .map(Sale::new)
        .keyBy(sale -> Tuple2.of(sale.type, sale.country), Types.TUPLE(Types.STRING, Types.STRING))
        .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
        .aggregate(new SumSales(), new NameHour())
        .sinkTo(Sinks.parquet(in(output, "aggregates"), Hour.class, hour -> hour.windowStart));
  }

  private static Path in(Path output, String table) {
    return new Path(output, table);
  }
}
