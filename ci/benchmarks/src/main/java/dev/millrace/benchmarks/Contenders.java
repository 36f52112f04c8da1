package dev.millrace.benchmarks;

import dev.millrace.benchmarks.duckdb.DuckDbIngest;
import dev.millrace.benchmarks.expert.ExpertFlinkIngest;
import dev.millrace.benchmarks.limit.Limit;
import dev.millrace.benchmarks.peer.KeyedState;
import dev.millrace.benchmarks.peer.NativeFlinkFlights;
import dev.millrace.benchmarks.peer.NativeFlinkIngest;
import java.nio.file.Path;
import java.util.List;

/** Who takes part in the workloads of files. */
final class Contenders {
  /** What others are compared with. */
  static final String BASE = "native";

  private static final int TENTH = 10;

  /** Who takes part unless others are asked for: the two that the claim is about. */
  static final List<String> USUAL = List.of(BASE, "millrace");

  private Contenders() {}

  /** All there are for the events, in the order of their turns. */
  static List<Contender> ofEvents(Path home) {
    String job = home.resolve("events.job.yaml").toString();
    return List.of(
        nativeFlink(NativeFlinkIngest.class, KeyedState.SORTED),
        nativeFlink(NativeFlinkIngest.class, KeyedState.ON_HEAP),
        Contender.job("native-expert", "native Flink by an expert", ExpertFlinkIngest.class),
        beam("BeamIngest"),
        flinkSql("FlinkSqlIngest"),
        spark("SparkIngest"),
        Contender.job("duckdb", "DuckDB", DuckDbIngest.class, "ingest.sql"),
        millrace(job),
        millraceDirect(job),
        Contender.limit("limit-read", "limit: read", Limit.class, "read"),
        Contender.limit("limit-parse", "limit: parse", Limit.class, "parse"),
        Contender.limit("limit-hash", "limit: hash", Limit.class, "hash"),
        Contender.limit("limit-parquet", "limit: Parquet", Limit.class, "parquet"));
  }

  /** All there are for the flights, in the order of their turns. */
  static List<Contender> ofFlights(Path home) {
    String job = home.resolve("../../testdata/flights/flights.job.yaml").normalize().toString();
    return List.of(
        nativeFlink(NativeFlinkFlights.class, KeyedState.SORTED),
        nativeFlink(NativeFlinkFlights.class, KeyedState.ON_HEAP),
        beam("BeamFlights"),
        flinkSql("FlinkSqlFlights"),
        spark("SparkFlights"),
        Contender.job("duckdb", "DuckDB", DuckDbIngest.class, "flights.sql"),
        millrace(job),
        millraceDirect(job));
  }

  private static Contender nativeFlink(Class<?> main, KeyedState state) {
    return switch (state) {
      case SORTED -> Contender.job(BASE, "native Flink", main, state.name());
      case ON_HEAP ->
          Contender.job("native-heap", "native Flink, keyed state on the heap", main, state.name());
    };
  }

  private static Contender beam(String main) {
    return Contender.job("beam", "Beam as its guides write it", "beam", main("beam." + main));
  }

  private static Contender flinkSql(String main) {
    return Contender.job("flink-sql", "Flink SQL", "flink-sql", main("flinksql." + main));
  }

  private static Contender spark(String main) {
    return Contender.job("spark", "Spark SQL", "spark", main("spark." + main));
  }

  private static Contender millrace(String job) {
    return Contender.job("millrace", "Millrace", MillraceIngest.class, job, "FlinkRunner");
  }

  private static Contender millraceDirect(String job) {
    return Contender.job(
            "millrace-direct", "Millrace, DirectRunner", MillraceIngest.class, job, "DirectRunner")
        .withDivisor(TENTH);
  }

  private static String main(String name) {
    return Contenders.class.getPackageName() + "." + name;
  }
}
