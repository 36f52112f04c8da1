package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form: a TaskManager and the broker are killed. The long one is {@code ci/chaos/run}.
 */
class ChaosIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final int MESSAGES = 60_000;
  private static final List<Fault> FAULTS = List.of(Fault.KILL_TASK_MANAGER, Fault.KILL_BROKER);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** With the logs of all processes, which are kept where it fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** And whatever is then lost, added or written twice is told. */
  @Test
  void everyRecordIsInOnePlaceAndOnce() throws Exception {
    List<Message> script = Chaos.script(HOME, MESSAGES, 1);
    try (Scene scene = Scene.set(HOME.toRealPath(), folder, EnumSet.copyOf(FAULTS))) {
      Play play = new Play(scene, script, FAULTS, out);
      List<Comparison> all = play.perform();
      Chaos.print(all, out);
      assertThat(table(all), differing(all), is(empty()));

      doctor(scene, script);
      List<Comparison> doctored = play.checker().compare(Scene.TOPICS);
      assertThat(
          differing(doctored),
          contains(
              "topic flights",
              "topic flights.published",
              "topic flights.rejected",
              "database",
              "records/",
              "late/",
              "quarantine/",
              "_runs/: read"));
      assertSaysWhatFails(scene);
    }
  }

  private static List<String> differing(List<Comparison> all) {
    return all.stream().filter(each -> !each.agrees()).map(Comparison::place).toList();
  }

  private static String table(List<Comparison> all) {
    return all.stream().map(Comparison::lines).collect(Collectors.joining());
  }

  /** A record more in each topic, and something less everywhere else. */
  private static void doctor(Scene scene, List<Message> script) throws Exception {
    List<String> topics =
        List.of(Scene.TOPICS.input(), Scene.TOPICS.output(), Scene.TOPICS.deadLetters());
    for (String topic : topics) {
      try (Sender sender = new Sender(scene.stack().brokers(), topic)) {
        sender.send(script.subList(0, 1)).get();
      }
    }
    scene.table().execute("delete from flights where origin = 'LAS' and delay = 33");
    deleteFirst(scene.output().resolve("records"), ".parquet");
    deleteFirst(scene.output().resolve("late"), ".parquet");
    deleteFirst(scene.output().resolve("quarantine"), ".ndjson");
    try (Stream<Path> commits = Files.list(scene.output().resolve("_runs").resolve(Job.NAME))) {
      Path commit = commits.sorted().findFirst().orElseThrow();
      Files.writeString(
          commit,
          "{\"tally\":{\"disposition\":\"read\"},\"count\":1}\n" + Files.readString(commit));
    }
  }

  private static void deleteFirst(Path table, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      Files.delete(
          files
              .filter(file -> file.toString().endsWith(suffix))
              .sorted()
              .findFirst()
              .orElseThrow());
    }
  }

  private static void assertSaysWhatFails(Scene scene) {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> scene.stack().kill("nobody"))
            .getMessage(),
        is("Cannot find process nobody of the stack"));
    assertThat(
        assertThrows(IllegalStateException.class, () -> scene.stack().call(List.of("fly")))
            .getMessage(),
        startsWith("Cannot run millrace fly --state="));
    try (Sender sender = new Sender(scene.stack().brokers(), Scene.TOPICS.input())) {
      Message large = Message.rejected(0, new byte[2 << 20]);
      Exception failure =
          assertThrows(CompletionException.class, () -> sender.send(List.of(large)).join());
      assertThat(failure.getCause().getMessage(), startsWith("Cannot send to flights: "));
      assertThat(failure.getMessage(), containsString("larger than"));
    }
  }
}
