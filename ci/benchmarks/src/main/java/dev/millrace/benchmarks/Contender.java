package dev.millrace.benchmarks;

import dev.millrace.benchmarks.peer.NativeFlinkIngest;
import java.util.List;

/**
 * A job to be measured.
 *
 * @param key its name on the command line
 * @param title its name in the table
 * @param main the class to start
 */
record Contender(String key, String title, Class<?> main) {

  /** All there are, in the order of their turns. */
  static List<Contender> all() {
    return List.of(new Contender("native", "native Flink", NativeFlinkIngest.class));
  }
}
