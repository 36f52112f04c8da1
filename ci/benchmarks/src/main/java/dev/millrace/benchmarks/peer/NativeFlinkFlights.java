package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.run.Repetitions;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The flights' job, as {@link NativeFlinkIngest} is that of the events. Flights have no key, so
 * that all of their fields are.
 */
public final class NativeFlinkFlights {
  private static final TypeInformation<Tuple5<Long, Long, Long, String, String>> CONTENT =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.STRING, Types.STRING);

  private NativeFlinkFlights() {}

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
    Counts.of(env.execute("native-flights")).write(output);
  }

  private static void build(StreamExecutionEnvironment env, Path input, Path output) {
    SingleOutputStreamOperator<Flight> flights =
        env.fromSource(
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), input).build(),
                WatermarkStrategy.noWatermarks(),
                "lines")
            .process(new ParseLine<>(Flight.class, FlightRules::violations))
            .returns(Types.POJO(Flight.class));
    flights
        .getSideOutput(ParseLine.REJECTED)
        .sinkTo(Sinks.rejections(new Path(output, "quarantine")));

    SingleOutputStreamOperator<Flight> unique =
        flights
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Flight>noWatermarks()
                    .withTimestampAssigner((flight, time) -> flight.date / 1000))
            .keyBy(NativeFlinkFlights::content, CONTENT)
            .process(new DropRepeats<>())
            .returns(Types.POJO(Flight.class));
    unique.sinkTo(Sinks.parquet(new Path(output, "records"), Flight.class, flight -> flight.date));

    unique
        .map(Delay::new)
        .keyBy(delay -> delay.origin)
        .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
        .aggregate(new SumDelays(), new NameAirportHour())
        .sinkTo(
            Sinks.parquet(
                new Path(output, "aggregates"), AirportHour.class, hour -> hour.windowStart));
  }

  private static Tuple5<Long, Long, Long, String, String> content(Flight flight) {
    return Tuple5.of(flight.date, flight.delay, flight.distance, flight.origin, flight.destination);
  }
}
