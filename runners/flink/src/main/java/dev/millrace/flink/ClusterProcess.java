package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.dev.Command;
import dev.millrace.dev.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a process of a local Flink cluster is started: without the scripts of Flink's distribution.
 */
final class ClusterProcess {
  /** The folder of the module that lists what it runs on. */
  static final String MODULE = "runners/flink/cluster";

  /** What Flink, Kryo and Beam reach into on JDK 17. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.util",
          "java.lang.invoke",
          "java.util.concurrent",
          "java.nio",
          "sun.nio.ch",
          "java.time",
          "java.text",
          "java.net");

  private ClusterProcess() {}

  static Command command(Site site, String mainClass, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            // The web page shows the file that this names.
            "-Dlog.file=" + site.log(),
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
    Stream<String> opens = OPENED.stream().map("--add-opens=java.base/%s=ALL-UNNAMED"::formatted);
    opens.forEach(all::add);
    return new Command(all, mainClass, List.of("--configDir", site.folder().toString()));
  }

  /** The names of the TaskManagers that the JobManager knows of; none if it doesn't answer. */
  static Optional<List<String>> taskManagers(Site site) {
    ClusterAddress address = new ClusterAddress(Site.LOOPBACK, site.port(ClusterConfig.REST_PORT));
    try {
      JsonNode answer = new ClusterRest(address).get("/taskmanagers");
      List<String> names = new ArrayList<>();
      for (JsonNode each : answer.path("taskmanagers")) {
        if (each.path("slotsNumber").asInt() > 0) {
          names.add(each.path("id").asText());
        }
      }
      return Optional.of(names);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
