package dev.millrace.dev;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dev.ComponentStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stack does without its processes; with them, it is tested in ci/stack. */
class LocalStackTest {
  private static final int TERMINATED = 128 + 15;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private LocalStack stack;

  @BeforeEach
  void makeStack() {
    stack = LocalStack.in(folder.resolve("stack"), folder.resolve("home"));
  }

  @Test
  void isThereForAProjectAndTheFoldersBelow() throws IOException {
    Path below = Files.createDirectories(folder.resolve("project/src/main"));
    LocalStack first = LocalStack.of(folder.resolve("project"), folder);
    assertThat(first.folder(), is(folder.resolve("project/.millrace/dev")));
    assertThat(LocalStack.of(below, folder).folder(), is(below.resolve(".millrace/dev")));

    assertThrows(StackException.class, () -> up(first));
    assertThat(LocalStack.of(below, folder).folder(), is(first.folder()));
    assertThat(Files.readString(first.folder().resolve(".gitignore")), is("*\n"));
  }

  @Test
  void saysWhatIsMissingToRunIt() {
    StackException e = assertThrows(StackException.class, () -> up(stack));
    assertThat(
        e.getMessage(),
        is(
            "Cannot start kafka: %s/home/runners/dev/broker/target/classpath is not there (./millrace dev up builds it, and so does mvn package -pl runners/dev/broker)"
                .formatted(folder)));
    assertThat(stack.status().get(0).state(), is(State.DOWN));
  }

  @Test
  void saysWhichProcessFailedAndWhereItsLogIs() throws IOException {
    Path target = Files.createDirectories(folder.resolve("home/runners/dev/broker/target"));
    Files.writeString(target.resolve("classpath"), target.toString());
    StackException e = assertThrows(StackException.class, () -> up(stack));
    Path log = folder.resolve("stack/kafka/log");
    assertThat(
        e.getMessage(),
        is("Cannot prepare kafka: it ended with exit code 1 (log: %s)".formatted(log)));
    assertThat(
        Files.readString(log),
        startsWith("Error: Could not find or load main class kafka.tools.StorageTool"));
    assertThat(stack.status().get(0).state(), is(State.DOWN));
  }

  @Test
  void saysWhichPortIsTaken() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      StackRequest request =
          new StackRequest(OptionalInt.empty(), OptionalInt.empty(), Map.of("kafka", port));
      StackException e = assertThrows(StackException.class, () -> stack.up(request, PATIENCE));
      assertThat(
          e.getMessage(),
          is(
              "Cannot start kafka: port %d is in use by another process (choose another: --kafka-port=PORT)"
                  .formatted(port)));
      assertThat(stack.publicPorts(), is(Map.of("kafka", port)));
    }
  }

  @Test
  void leavesAProcessAloneThatWasGivenTheNumberOfOneOfItsOwn() throws IOException {
    assertThrows(StackException.class, () -> up(stack));
    ProcessTrace trace = new ProcessTrace(folder.resolve("stack/kafka"));
    trace.begin();
    trace.began(ProcessHandle.current().pid());
    assertThat(stack.status().get(0).state(), is(State.DEAD));
    assertThat(stack.down(), is(empty()));
    assertThat(stack.status().get(0).state(), is(State.DOWN));
  }

  @Test
  void endsAProcessWhoseStartWasCutOff() throws Exception {
    assertThrows(StackException.class, () -> up(stack));
    ProcessTrace trace = new ProcessTrace(folder.resolve("stack/kafka"));
    Process process = Waiting.process(ProcessTrace.mark(trace.begin()));
    assertThat(stack.status().get(0).state(), is(State.SILENT));
    assertThat(stack.status().get(0).pid(), is(process.pid()));
    assertThat(stack.down(), contains("kafka"));
    assertThat(process.waitFor(), is(TERMINATED));
  }

  @Test
  void refusesAnotherPortWhileItRuns() throws IOException {
    assertThrows(StackException.class, () -> up(stack));
    ProcessTrace trace = new ProcessTrace(folder.resolve("stack/kafka"));
    Process process = Waiting.process(ProcessTrace.mark(trace.begin()));
    StackRequest slots = new StackRequest(OptionalInt.empty(), OptionalInt.of(7), Map.of());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> stack.up(slots, PATIENCE));
    assertThat(
        e.getMessage(),
        is(
            "Cannot change ports or slots, or take task managers away, while these run: kafka (end them first: millrace dev down)"));
    assertThat(process.isAlive(), is(true));
    stack.down();
  }

  @Test
  void refusesAFolderOfOthers() throws IOException {
    Path file = Files.createDirectories(folder.resolve("stack")).resolve("thesis.txt");
    Files.writeString(file, "of somebody's");
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> up(stack));
    assertThat(
        e.getMessage(),
        is(
            "Cannot keep a stack in %s: it exists and was not made by millrace dev (choose another folder, or an empty one)"
                .formatted(stack.folder())));
    assertThat(stack.wipe(), is(empty()));
    assertThat(Files.exists(file), is(true));
  }

  @Test
  void isChangedByOneCommandAtATime() {
    StackFolder held = new StackFolder(stack.folder());
    StackException e = assertThrows(StackException.class, () -> held.change(() -> stack.down()));
    assertThat(
        e.getMessage(),
        is(
            "Cannot change the stack in %s: another command is changing it"
                .formatted(stack.folder())));
  }

  @Test
  void saysThatItsChoicesAreUnreadable() throws IOException {
    assertThrows(StackException.class, () -> up(stack));
    Path file = Files.writeString(stack.folder().resolve("stack.json"), "{\"ports\":");
    StackException e = assertThrows(StackException.class, stack::status);
    assertThat(e.getMessage(), startsWith("Cannot read %s: ".formatted(file)));
  }

  @Test
  void keepsItsNameUntilItIsWiped() throws IOException {
    assertThrows(StackException.class, () -> up(stack));
    String before = name();
    assertThrows(StackException.class, () -> up(stack));
    assertThat(name(), is(before));

    stack.wipe();
    assertThat(Files.exists(stack.folder()), is(false));
    assertThat(stack.status(), is(empty()));
    assertThat(stack.down(), is(empty()));
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThat(
        refusal(OptionalInt.of(0), OptionalInt.empty(), Map.of()),
        is("Invalid task-managers: 0 (expected 1 to 64)"));
    assertThat(
        refusal(OptionalInt.empty(), OptionalInt.of(65), Map.of()),
        is("Invalid slots: 65 (expected 1 to 64)"));
    assertThat(
        refusal(OptionalInt.empty(), OptionalInt.empty(), Map.of("flink", 70_000)),
        is("Invalid flink-port: 70000 (expected 1 to 65535)"));
  }

  private static String refusal(
      OptionalInt workers, OptionalInt slots, Map<String, Integer> ports) {
    return assertThrows(
            IllegalArgumentException.class, () -> new StackRequest(workers, slots, ports))
        .getMessage();
  }

  private String name() {
    return Choices.read(stack.folder().resolve("stack.json")).orElseThrow().stackId();
  }

  private static void up(LocalStack stack) {
    stack.up(StackRequest.asBefore(), PATIENCE);
  }
}
