package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a cluster reads the files of this machine, as this user. An address doesn't say so: a
 * port of this machine may be forwarded to another. A process of the local stack names the file
 * that it was configured by, and the start that it was written for; whoever finds both in it, and
 * owns it, is at the same disk.
 */
final class SameMachine {
  /** The names of what it says, in the terms of Flink's {@code config.yaml}. */
  static final String FILE = "millrace.config";

  static final String START = "millrace.start";

  private SameMachine() {}

  /**
   * Asks a cluster, if its address is one of this machine's own.
   *
   * @param own a file of this user
   * @return false, too, if it doesn't answer as Flink does
   */
  static boolean has(ClusterAddress cluster, Path own) {
    try {
      return InetAddress.getByName(cluster.host()).isLoopbackAddress()
          && isSeenBy(new ClusterRest(cluster).get("/jobmanager/config"), own);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks for what a JobManager was configured by.
   *
   * @param configuration what it answers at {@code /jobmanager/config}
   * @param own a file of this user
   */
  static boolean isSeenBy(JsonNode configuration, Path own) throws IOException {
    Optional<Path> file = setting(configuration, FILE).map(Path::of).filter(Files::isReadable);
    Optional<String> start = setting(configuration, START);
    return file.isPresent()
        && start.isPresent()
        && Files.readString(file.get()).contains(start.get())
        && Files.getOwner(file.get()).equals(Files.getOwner(own));
  }

  private static Optional<String> setting(JsonNode configuration, String name) {
    for (JsonNode setting : configuration) {
      if (setting.path("key").asText().equals(name)) {
        return Optional.of(setting.path("value").asText());
      }
    }
    return Optional.empty();
  }
}
