package dev.millrace.benchmarks;

import dev.millrace.benchmarks.peer.KeyedState;
import dev.millrace.benchmarks.peer.NativeFlinkIngest;
import java.nio.file.Path;
import java.util.List;

/**
 * A job to be measured.
 *
 * @param key its name on the command line
 * @param title its name in the table
 * @param main the class to start
 * @param arguments its arguments after input, output and repetitions
 */
record Contender(String key, String title, Class<?> main, List<String> arguments) {

  /** Who takes part unless others are asked for: all that the claim is about. */
  static final List<String> USUAL = List.of("native", "millrace");

  /** All there are, in the order of their turns. */
  static List<Contender> all(Path home) {
    return List.of(
        peer("native", "native Flink", KeyedState.SORTED),
        peer("native-heap", "native Flink, keyed state on the heap", KeyedState.ON_HEAP),
        new Contender(
            "millrace",
            "Millrace",
            MillraceIngest.class,
            List.of(home.resolve("events.job.yaml").toString())));
  }

  private static Contender peer(String key, String title, KeyedState state) {
    return new Contender(key, title, NativeFlinkIngest.class, List.of(state.name()));
  }
}
