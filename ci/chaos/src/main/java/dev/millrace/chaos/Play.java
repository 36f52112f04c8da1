package dev.millrace.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One run from its first message to its last, with a fault in each act.
 *
 * <p>In each act, half of its messages are sent, and when the topic of the output shows that the
 * run is in the middle of them, the other half is sent while the fault happens.
 */
final class Play {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Scene scene;
  private final List<Message> script;
  private final List<Fault> faults;
  private final PrintStream log;
  private final long start = System.nanoTime();

  Play(Scene scene, List<Message> script, List<Fault> faults, PrintStream log) {
    this.scene = scene;
    this.script = script;
    this.faults = faults;
    this.log = log;
  }

  /** Plays it to its end, and says what is where. */
  List<Comparison> perform() throws Exception {
    say(script.size() + " messages, " + faults.size() + " faults");
    scene.begin();
    say("the run is under way");
    try (Sender sender = new Sender(scene.stack().brokers(), Scene.TOPICS.input())) {
      int share = script.size() / (faults.size() + 1);
      for (int act = 0; act < faults.size(); act++) {
        play(faults.get(act), sender, script.subList(act * share, (act + 1) * share));
      }
      sender.send(script.subList(faults.size() * share, script.size())).get();
    }
    say("all is sent");
    awaitEnd();
    scene.job().stop();
    say("the run is stopped");
    return checker().compare(Scene.TOPICS);
  }

  Checker checker() {
    return new Checker(script, scene.topics(), new OutputFolder(scene.output()), scene.table());
  }

  private void play(Fault fault, Sender sender, List<Message> messages) throws Exception {
    int middle = messages.size() / 2;
    long before = scene.topics().end(Scene.TOPICS.output());
    CompletableFuture<Void> first = sender.send(messages.subList(0, middle));
    Patience.until(
        "see the run get on",
        PATIENCE,
        () -> scene.topics().end(Scene.TOPICS.output()) > before + middle / 4);
    CompletableFuture<Void> second = sender.send(messages.subList(middle, messages.size()));
    say(fault + " begins");
    fault.strike(scene);
    say(fault + " is over");
    first.get();
    second.get();
    scene.job().awaitRunning();
    scene.job().awaitCheckpoint();
    say("the run goes on");
  }

  /** Until it has published all that it can; if that doesn't happen, the table will show why. */
  private void awaitEnd() throws Exception {
    OutputFolder output = new OutputFolder(scene.output());
    String last = lastPartition();
    try {
      Patience.until(
          "see all of it published",
          PATIENCE,
          () -> output.hasPublished(last) && output.balance().count("read") >= script.size());
      scene.job().awaitCheckpoint();
      say("all is published");
    } catch (IllegalStateException e) {
      say(e.getMessage());
    }
  }

  /** The last day that is complete. */
  private String lastPartition() {
    return script.stream()
        .filter(message -> message.fate() == Fate.PUBLISHED)
        .map(message -> message.identity().substring(0, "2001-01-01".length()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private void say(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    log.printf("%4d s  %s%n", since.toSeconds(), what);
  }
}
