package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of one stack of real processes, from its first start to its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(7)
class DevIT {
  private static final String TOPIC = "greetings";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static String state;
  private static int kafka;
  private static int flink;

  /**
   * The first start is killed once the broker is there, before or after the others are: what it
   * leaves has to be usable.
   */
  @BeforeAll
  static void startOnceInVain() throws Exception {
    state = "--state=" + folder.resolve("stack");
    kafka = FreePort.choose();
    flink = FreePort.choose();
    List<String> command =
        Installed.command("dev", "up", state, "--kafka-port=" + kafka, "--flink-port=" + flink);
    Process up = new ProcessBuilder(command).inheritIO().start();
    while (up.isAlive() && !folder.resolve("stack/kafka/pid").toFile().exists()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    up.destroyForcibly().waitFor();
  }

  @AfterAll
  static void endWhateverRuns() {
    Console.millrace("dev", "down", "--wipe", state);
  }

  @Test
  @Order(1)
  void goesOnWhereAStartWasKilled() throws IOException {
    long broker = process("kafka").pid();
    assertThat(up(), not(hasItem("kafka")));
    assertThat(process("kafka").pid(), is(broker));
    assertThat(status().path("components").findValuesAsText("state"), contains("up", "up", "up"));
  }

  @Test
  @Order(2)
  void startsNothingTwice() throws IOException {
    assertThat(up(), is(empty()));
    Console status = Console.millrace("dev", "status", state);
    assertThat(status.code(), is(0));
    assertThat(status.out(), startsWith("kafka           up            pid "));
    assertThat(
        Console.millrace("dev", "up", state).out(),
        containsString("flink: 127.0.0.1:%d, kafka: 127.0.0.1:%d".formatted(flink, kafka)));
  }

  @Test
  @Order(3)
  void takesRecordsAndGivesThemBack() throws Exception {
    Console created = Console.launched("dev", "topic", TOPIC, state);
    assertThat(created.err(), created.code(), is(0));
    assertThat(created.out(), is("Created greetings\n"));
    Console again = Console.millrace("dev", "topic", TOPIC, "others", state, "--json");
    assertThat(again.json().path("created").toString(), is("[\"others\"]"));
    assertThat(again.json().path("there").toString(), is("[\"greetings\"]"));
    try (KafkaProducer<String, String> producer = producer()) {
      producer.send(new ProducerRecord<>(TOPIC, 0, "k", "hello")).get();
    }
    assertThat(firstRecord().value(), is("hello"));
  }

  @Test
  @Order(4)
  void hasTaskManagersWithSlots() throws IOException {
    JsonNode overview = rest("/overview");
    assertThat(overview.path("taskmanagers").asInt(), is(1));
    assertThat(overview.path("slots-total").asInt(), is(2));
  }

  @Test
  @Order(5)
  void listensOnTheLoopbackAddressAlone() throws IOException {
    for (JsonNode component : status().path("components")) {
      Set<String> ports = new TreeSet<>();
      component.path("ports").forEach(port -> ports.add(port.asText()));
      assertThat(
          component.path("name").asText(),
          ListeningSockets.of(component.path("pid").asLong()),
          is(ports));
    }
  }

  @Test
  @Order(6)
  void refusesOtherSlotsWhileItRuns() {
    Console refused = Console.millrace("dev", "up", state, "--slots=3");
    assertThat(refused.code(), is(2));
    assertThat(
        refused.err(), startsWith("Cannot change ports or slots, or take task managers away"));
  }

  @Test
  @Order(7)
  void showsWhatARunDoes() throws Exception {
    ObservedRun run = ObservedRun.start(state, folder.resolve("out"));
    run.assertShowsRecordsAndLags();
    run.assertShowsCheckpointsAndRestarts();
    run.assertStatusTellsTheSame();
    run.cancel();
  }

  @Test
  @Order(8)
  void saysWhatWasKilledAndStartsItWithItsData() throws Exception {
    kill("kafka");
    kill("taskmanager-1");
    Console status = Console.millrace("dev", "status", state, "--json");
    assertThat(status.code(), is(3));
    assertThat(
        status.json().path("components").findValuesAsText("state"), contains("dead", "up", "dead"));
    assertThat(up(), contains("kafka", "taskmanager-1"));
    assertThat(firstRecord().value(), is("hello"));
    assertThat(rest("/overview").path("taskmanagers").asInt(), is(1));
  }

  /** Whose metrics another process shows on their port, meanwhile. */
  @Test
  @Order(9)
  void startsMoreTaskManagersBesideAKilledJobManager() throws Exception {
    int metrics = status().findValue("metrics-jobmanager").asInt();
    kill("jobmanager");
    try (ServerSocket other = new ServerSocket(metrics, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.getLocalPort(), is(metrics));
      assertThat(up("--task-managers=2"), contains("jobmanager", "taskmanager-2"));
    }
    assertThat(rest("/overview").path("slots-total").asInt(), is(4));
  }

  @Test
  @Order(10)
  void leavesNoProcessBehind() throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (JsonNode component : status().path("components")) {
      ProcessHandle.of(component.path("pid").asLong()).ifPresent(processes::add);
    }
    assertThat(processes.size(), is(4));
    Console down = Console.millrace("dev", "down", state);
    assertThat(down.code(), is(0));
    assertThat(down.out(), is("Ended: taskmanager-2, taskmanager-1, jobmanager, kafka\n"));
    assertThat(processes.stream().filter(ProcessHandle::isAlive).toList(), is(empty()));
    assertThat(
        status().path("components").findValuesAsText("state"),
        contains("down", "down", "down", "down"));
    assertThat(
        Console.millrace("dev", "down", state).out(),
        is("Nothing of the stack in %s was running\n".formatted(folder.resolve("stack"))));
  }

  private static List<String> up(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("dev", "up", state, "--json"));
    arguments.addAll(List.of(more));
    Console up = Console.millrace(arguments.toArray(String[]::new));
    assertThat(up.err(), up.code(), is(0));
    List<String> started = new ArrayList<>();
    up.json().path("started").forEach(name -> started.add(name.asText()));
    return started;
  }

  private static JsonNode status() throws IOException {
    return Console.millrace("dev", "status", state, "--json").json();
  }

  private static ProcessHandle process(String name) throws IOException {
    for (JsonNode component : status().path("components")) {
      if (component.path("name").asText().equals(name)) {
        return ProcessHandle.of(component.path("pid").asLong()).orElseThrow();
      }
    }
    throw new AssertionError("No component is called " + name);
  }

  private static void kill(String name) throws IOException {
    ProcessHandle process = process(name);
    process.destroyForcibly();
    process.onExit().join();
  }

  private static JsonNode rest(String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(flink, path));
    return new ObjectMapper().readTree(uri.toURL());
  }

  private static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", "127.0.0.1:" + kafka),
        new StringSerializer(),
        new StringSerializer());
  }

  private static ConsumerRecord<String, String> firstRecord() {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", "127.0.0.1:" + kafka),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(PATIENCE).iterator().next();
    }
  }
}
