package dev.millrace.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The local stack of Millrace, whose processes are real and can be killed one by one. */
final class Stack implements Closeable {
  private static final Duration DEATH = Duration.ofSeconds(30);
  private static final int KAFKA_PORTS = 30_500;
  private static final int FLINK_PORTS = 31_500;

  private final Millrace millrace;
  private final Path folder;
  private int kafka;
  private int flink;

  Stack(Millrace millrace, Path folder) {
    this.millrace = millrace;
    this.folder = folder;
  }

  /** Starts what isn't there, and waits until all of it answers. */
  void up(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("dev", "up", "--timeout=180"));
    if (kafka == 0) {
      kafka = freePort(KAFKA_PORTS);
      flink = freePort(FLINK_PORTS);
      command.addAll(List.of("--kafka-port=" + kafka, "--flink-port=" + flink));
    }
    command.addAll(List.of(options));
    call(command);
  }

  /**
   * While a process is away, another stack that starts would take the usual number, and a
   * connection that goes out one from 32,768 up.
   */
  private static int freePort(int from) {
    try {
      new ServerSocket(from, 1, InetAddress.getLoopbackAddress()).close();
      return from;
    } catch (IOException e) {
      return freePort(from + 1);
    }
  }

  /** Runs a verb on this stack. */
  JsonNode call(List<String> verb) throws IOException {
    List<String> command = new ArrayList<>(verb);
    command.add("--state=" + folder);
    return millrace.json(command);
  }

  String brokers() {
    return "127.0.0.1:" + kafka;
  }

  String flinkMaster() {
    return "127.0.0.1:" + flink;
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** What Flink's JobManager answers. */
  JsonNode rest(String path) throws IOException {
    return new ObjectMapper().readTree(URI.create("http://" + flinkMaster() + path).toURL());
  }

  /** Kills a process as the system would that is out of memory. */
  void kill(String component) throws Exception {
    long pid = pid(component);
    signal("KILL", pid);
    Patience.until("kill " + component, DEATH, () -> isGone(pid));
  }

  /** Stops a process where it is, without its noticing, and returns its number. */
  long freeze(String component) throws IOException {
    long pid = pid(component);
    signal("STOP", pid);
    return pid;
  }

  /** Lets a process go on. */
  void thaw(long pid) throws IOException {
    signal("CONT", pid);
  }

  /** A TaskManager that works for the job. */
  String busyTaskManager() throws IOException {
    Map<Integer, String> ports = new TreeMap<>();
    for (JsonNode component : components()) {
      String name = component.path("name").asText();
      ports.put(component.path("ports").path(name + "-data").asInt(), name);
    }
    String busiest = null;
    int least = Integer.MAX_VALUE;
    for (JsonNode manager : rest("/taskmanagers").path("taskmanagers")) {
      if (manager.path("freeSlots").asInt() < least) {
        least = manager.path("freeSlots").asInt();
        busiest = ports.get(manager.path("dataPort").asInt());
      }
    }
    return busiest;
  }

  private long pid(String component) throws IOException {
    for (JsonNode each : components()) {
      if (each.path("name").asText().equals(component)) {
        return each.path("pid").asLong();
      }
    }
    throw new IllegalArgumentException("Cannot find process %s of the stack".formatted(component));
  }

  private JsonNode components() throws IOException {
    return call(List.of("dev", "status")).path("components");
  }

  private static void signal(String name, long pid) throws IOException {
    Command.run("kill", "-" + name, String.valueOf(pid));
  }

  /** A process that has ended and that nobody has asked about has no command any more. */
  private static boolean isGone(long pid) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline")).isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends it; what it has written stays. */
  @Override
  public void close() throws IOException {
    call(List.of("dev", "down"));
  }
}
