package dev.millrace.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One Kafka broker, which is its own controller (KRaft). */
final class KafkaBroker implements Component {
  private static final String PORT = "kafka";
  private static final String CONTROLLER_PORT = "kafka-controller";
  private static final int PREFERRED_PORT = 9092;
  private static final int PREFERRED_CONTROLLER_PORT = 19_093;
  private static final String CONFIGURATION = "server.properties";

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String engine() {
    return name();
  }

  @Override
  public List<Port> ports() {
    return List.of(
        Port.open(PORT, PREFERRED_PORT), Port.internal(CONTROLLER_PORT, PREFERRED_CONTROLLER_PORT));
  }

  @Override
  public String module() {
    return "runners/dev/broker";
  }

  @Override
  public Command command(Site site) throws IOException {
    String lines =
        settings(site).entrySet().stream()
            .map(entry -> "%s=%s%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    Files.writeString(configuration(site), lines);
    return java("kafka.Kafka", List.of(configuration(site).toString()));
  }

  /** Gives the log folder its identity, if it has none. */
  @Override
  public List<Command> preparations(Site site) {
    if (Files.exists(data(site).resolve("meta.properties"))) {
      return List.of();
    }
    return List.of(
        java(
            "kafka.tools.StorageTool",
            List.of(
                "format",
                "--ignore-formatted",
                "--cluster-id",
                site.stackId(),
                "--config",
                configuration(site).toString())));
  }

  @Override
  public boolean answers(Site site) {
    return new MetadataRequest(site.port(PORT)).isAnswered();
  }

  private static Command java(String mainClass, List<String> arguments) {
    return new Command(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
        mainClass,
        arguments);
  }

  private static Map<String, Object> settings(Site site) {
    String clients = "PLAINTEXT://%s:%d".formatted(Site.LOOPBACK, site.port(PORT));
    String controller = "%s:%d".formatted(Site.LOOPBACK, site.port(CONTROLLER_PORT));
    Map<String, Object> settings = new TreeMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", 1);
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listeners", "%s,CONTROLLER://%s".formatted(clients, controller));
    settings.put("advertised.listeners", clients);
    settings.put("log.dirs", data(site));
    settings.put("num.partitions", 4);
    // One broker holds the only copy of everything.
    settings.put("offsets.topic.replication.factor", 1);
    settings.put("offsets.topic.num.partitions", 4);
    settings.put("transaction.state.log.replication.factor", 1);
    settings.put("transaction.state.log.min.isr", 1);
    settings.put("transaction.state.log.num.partitions", 4);
    settings.put("group.initial.rebalance.delay.ms", 0);
    // Records are as old as their timestamps say: any limit deletes replayed ones at once.
    settings.put("log.retention.ms", -1);
    return settings;
  }

  private static Path data(Site site) {
    return site.folder().resolve("data");
  }

  private static Path configuration(Site site) {
    return site.folder().resolve(CONFIGURATION);
  }
}
