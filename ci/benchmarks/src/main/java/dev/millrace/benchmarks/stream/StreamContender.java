package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.ClassPaths;
import dev.millrace.benchmarks.peer.NativeFlinkStream;
import dev.millrace.benchmarks.run.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A job to be measured.
 *
 * @param key its name on the command line
 * @param title its name in the table
 * @param module the folder of the module that has its class path, in that of the benchmarks
 * @param main the class to start
 * @param arguments its arguments after those of the assignment
 * @param recovery from what it goes on after a failure
 * @param results where the rest of what it writes is: all have the accepted events in a topic
 */
record StreamContender(
    String key,
    String title,
    String module,
    String main,
    List<String> arguments,
    Recovery recovery,
    BiFunction<TopicReader, Assignment, StreamResults> results) {

  /** From what a contender goes on after a failure. */
  enum Recovery {
    /** Flink's checkpoints: folders of files, each of which has all state. */
    CHECKPOINTS,
    /** Topics with every change of the state, until the broker compacts them. */
    CHANGELOGS
  }

  /** What others are compared with. */
  static final String BASE = "native";

  /** Who takes part unless others are asked for: the two that the claim is about. */
  static final List<String> USUAL = List.of(BASE, "millrace");

  /** All there are, in the order of their turns. */
  static List<StreamContender> all(Path home) {
    return List.of(
        new StreamContender(
            BASE,
            "native Flink",
            ClassPaths.HERE,
            NativeFlinkStream.class.getName(),
            List.of(),
            Recovery.CHECKPOINTS,
            TopicResults::new),
        new StreamContender(
            "flink-sql",
            "Flink SQL",
            "flink-sql",
            ClassPaths.class.getPackageName() + ".flinksql.FlinkSqlStream",
            List.of(),
            Recovery.CHECKPOINTS,
            TopicResults::new),
        new StreamContender(
            "kafka-streams",
            "Kafka Streams",
            "kafka-streams",
            ClassPaths.class.getPackageName() + ".kafkastreams.KafkaStreamsJob",
            List.of(),
            Recovery.CHANGELOGS,
            TopicUpdates::new),
        new StreamContender(
            "millrace",
            "Millrace",
            ClassPaths.HERE,
            MillraceStream.class.getName(),
            List.of(home.resolve("stream.job.yaml").toString()),
            Recovery.CHECKPOINTS,
            (topics, assignment) -> new FileResults(assignment)));
  }
}
