package dev.millrace.testing.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker in this process, on the loopback interface: the real one, its own controller, with
 * a folder that goes when it is closed. Topics come by {@link #createTopic} and not by themselves.
 * It is up in some three seconds.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path folder;
  private final KafkaRaftServer server;
  private final Map<String, String> clientSettings;
  private final int port;

  private KafkaBroker(
      Path folder, KafkaRaftServer server, Map<String, String> clientSettings, int port) {
    this.folder = folder;
    this.server = server;
    this.clientSettings = clientSettings;
    this.port = port;
  }

  /** A broker that lets anybody in. */
  public static KafkaBroker start() {
    return start(Map.of(), Map.of());
  }

  /**
   * A broker with settings of its own. One starts at a time, since meanwhile the process has
   * another locale.
   *
   * @param settings over those that it would have; the listener of clients is named CLIENTS
   * @param clientSettings what an administrator's client needs to get in
   */
  public static synchronized KafkaBroker start(
      Map<String, String> settings, Map<String, String> clientSettings) {
    try {
      Path folder = Files.createTempDirectory("kafka-broker");
      List<Integer> ports = freePorts(2);
      int port = ports.get(0);
      Properties all = settings(folder, port, ports.get(1));
      all.putAll(settings);
      KafkaRaftServer server = start(folder, all);
      return new KafkaBroker(folder, server, Map.copyOf(clientSettings), port);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a broker: " + e.getMessage(), e);
    }
  }

  /** In a locale that Kafka knows: it takes its settings to upper case in that of the machine. */
  private static KafkaRaftServer start(Path folder, Properties settings) throws IOException {
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      format(folder, settings);
      KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
      server.startup();
      return server;
    } finally {
      Locale.setDefault(locale);
    }
  }

  private static Properties settings(Path folder, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "" + NODE);
    settings.put("log.dirs", folder.resolve("log").toString());
    settings.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.retention.ms", "-1"); // messages of tests are old
    settings.put("log.cleaner.dedupe.buffer.size", "" + (4 << 20)); // not 128 MB, at once
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("offsets.topic.num.partitions", "1");
    return settings;
  }

  private static void format(Path folder, Properties settings) throws IOException {
    Path file = folder.resolve("server.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    PrintStream silent =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    if (StorageTool.execute(arguments, silent) != 0) {
      throw new IOException("Cannot format the folder of a broker: " + folder);
    }
  }

  /** Ports that are free now: all are held until the last one is found. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  /** Where clients find it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** A client that may do everything; to be closed. */
  public Admin admin() {
    Properties properties = new Properties();
    properties.putAll(clientSettings);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    return Admin.create(properties);
  }

  /** Makes a topic. */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    try (Admin admin = admin()) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
      NewTopics.create(admin, List.of(topic));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot create topic %s: %s".formatted(name, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot create topic %s: interrupted".formatted(name), e);
    }
  }

  /** Makes a topic. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Deletes a topic, and waits until clients are told so: the controller knows it a moment before.
   */
  public void deleteTopic(String name) {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (admin.listTopics().names().get().contains(name)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Cannot delete topic %s: it stays".formatted(name));
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot delete topic %s: %s".formatted(name, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot delete topic %s: interrupted".formatted(name), e);
    }
  }

  /** Ends it, and deletes all that it has. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete %s: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
