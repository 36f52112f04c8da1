package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.Hour;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.run.Assignment;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The job that goes on: read events from a topic, validate them, send the rejects to another, drop
 * duplicates within a day, send the others on, and aggregates by hour, type and country when an
 * hour is over.
 *
 * <p>What is chained is not copied between functions, since none keeps or changes what it was given
 * ({@code object-reuse}), and what is shuffled is a POJO or a tuple, never Kryo's. Only the four
 * values that the aggregates need are shuffled for them.
 *
 * <p>Watermarks are made after the parser, which is what knows event times. They are those of a
 * subtask and not of a partition, which is the same here: there is a partition for each.
 */
public final class NativeFlinkStream {
  private static final Duration HORIZON = Duration.ofDays(1);

  private NativeFlinkStream() {}

  /** Runs the job until the process is ended. */
  public static void main(String[] args) throws Exception {
    Assignment assignment = Assignment.parse(args);
    Configuration settings = Configuration.fromMap(assignment.flinkSettings());
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(Assignment.PARALLELISM, settings);
    build(env, assignment);
    env.execute("native-stream");
  }

  private static void build(StreamExecutionEnvironment env, Assignment assignment) {
    Topics topics = new Topics(assignment.bootstrapServers());
    SingleOutputStreamOperator<Event> events =
        env.fromSource(
                topics.read(assignment.input()), WatermarkStrategy.noWatermarks(), "messages")
            .process(new ParseMessage())
            .returns(Types.POJO(Event.class));

    SingleOutputStreamOperator<Event> unique =
        events
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Event>forBoundedOutOfOrderness(Assignment.OUT_OF_ORDERNESS)
                    .withTimestampAssigner((event, time) -> event.eventTime / 1000)
                    .withIdleness(Assignment.IDLENESS))
            .keyBy(event -> event.id)
            .process(new DropRecent(HORIZON))
            .returns(Types.POJO(Event.class));
    unique.sinkTo(topics.write(assignment.output(), Event.class));

    events
        .getSideOutput(ParseLine.REJECTED)
        .union(unique.getSideOutput(DropRecent.LATE))
        .sinkTo(topics.write(assignment.rejects(), Rejection.class));

    unique
        .map(Sale::new)
        .keyBy(sale -> Tuple2.of(sale.type, sale.country), Types.TUPLE(Types.STRING, Types.STRING))
        .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
        .aggregate(new SumSales(), new NameHour())
        .sinkTo(topics.write(assignment.aggregates(), Hour.class));
  }
}
