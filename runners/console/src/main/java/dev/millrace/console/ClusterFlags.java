package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.launch.Cluster;
import dev.millrace.launch.Launcher;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all verbs that deal with a cluster. */
final class ClusterFlags {
  /** The name of its port in the local stack. */
  private static final String PORT = "flink";

  @Option(
      names = "--flinkMaster",
      paramLabel = "HOST:PORT",
      description = "Flink's REST endpoint. Default: that of the local stack.")
  private String flinkMaster;

  @Mixin private StackFlags stack;

  boolean json() {
    return stack.json;
  }

  Cluster cluster() {
    String address = flinkMaster == null ? local() : flinkMaster;
    return Launcher.engines().stream()
        .flatMap(engine -> engine.clusterAt(address).stream())
        .findFirst()
        .orElseThrow();
  }

  private String local() {
    Integer port = stack.stack().publicPorts().get(PORT);
    if (port == null) {
      throw new IllegalArgumentException(
          "Missing required value: flinkMaster (there is no stack of millrace dev here)");
    }
    return "127.0.0.1:" + port;
  }

  /** Prints where a savepoint is. */
  void print(CommandLine command, String job, String savepoint) {
    if (json()) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      command.getOut().println(answer.put("job", job).put("savepoint", savepoint).toPrettyString());
    } else {
      command.getOut().println(savepoint);
    }
    command.getOut().flush();
  }
}
