package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.ClassPaths;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The streaming benchmark: gives the contenders their turns and prints the table. In a turn a
 * contender works off a backlog, and in another it keeps up with a rate.
 *
 * @param home the folder of the benchmarks
 * @param messages how many the backlog has
 * @param rate how many messages are sent in a second where latency is measured
 * @param rounds how many turns of each kind a contender has
 * @param state where contenders have their state
 */
public record StreamBenchmark(Path home, long messages, long rate, int rounds, State state) {
  /** Until what is compiled is compiled and the backlog of the start is worked off. */
  private static final long WARM_UP_SECONDS = 30;

  private static final long SECONDS = 30;

  /** The names of all contenders. */
  public static List<String> contenders() {
    return StreamContender.all(Path.of("")).stream().map(StreamContender::key).toList();
  }

  /** The names of those that take part unless others are asked for. */
  public static List<String> usual() {
    return StreamContender.USUAL;
  }

  /**
   * Measures these contenders.
   *
   * @return whether what they wrote is right
   */
  @SuppressWarnings("SystemOut") // the table is this program's output
  public boolean run(List<String> only) throws Exception {
    List<StreamScore> scores =
        StreamContender.all(home).stream()
            .filter(contender -> only.contains(contender.key()))
            .map(StreamScore::new)
            .toList();
    Path target = Files.createDirectories(home.resolve("target").toAbsolutePath());
    deleteLogs(target, scores);
    try (Broker broker = Broker.start(target.resolve("broker"))) {
      for (int round = 1; round <= rounds; round++) {
        for (StreamScore score : scores) {
          measure(broker, score, round, target);
        }
      }
    }
    StreamTable table = new StreamTable(messages, rate, state, scores);
    table.write(target);
    System.out.print(table.text());
    scores.forEach(score -> score.differences().forEach(System.out::println));
    return scores.stream().allMatch(StreamScore::isRight);
  }

  private static void deleteLogs(Path target, List<StreamScore> scores) throws IOException {
    for (StreamScore score : scores) {
      Files.deleteIfExists(target.resolve("stream-" + score.contender().key() + ".log"));
    }
  }

  private void measure(Broker broker, StreamScore score, int round, Path target) throws Exception {
    String name = score.contender().key() + "-" + round;
    try (StreamTrial trial = trial(broker, score.contender(), name + "-backlog", target)) {
      StreamTrial.Turn<Saturation> turn = trial.saturate(messages);
      score.addSaturation(turn);
      progress(score, turn.measured());
    }
    try (StreamTrial trial = trial(broker, score.contender(), name + "-rate", target)) {
      StreamTrial.Turn<Steadiness> turn = trial.keepUp(rate, WARM_UP_SECONDS, SECONDS);
      score.addSteady(turn);
      progress(score, turn.measured());
    }
  }

  private StreamTrial trial(Broker broker, StreamContender contender, String name, Path target)
      throws IOException {
    Assignment assignment =
        new Assignment(broker.bootstrapServers(), name, target.resolve(name), state);
    String classPath = new ClassPaths(home).of(contender.module());
    return new StreamTrial(broker, contender, classPath, assignment, target);
  }

  private static void progress(StreamScore score, Saturation measured) {
    System.err.printf(
        Locale.ROOT,
        "%s, backlog: %.0f events/s, warm %.0f; %.1f us CPU, warm %.1f%n",
        score.contender().title(),
        measured.perSecond(),
        measured.warmPerSecond(),
        measured.cpuMicros(),
        measured.warmCpuMicros());
  }

  private static void progress(StreamScore score, Steadiness measured) {
    System.err.printf(
        Locale.ROOT,
        "%s, %.0f events/s: p50 %d ms, p99 %d ms, at most %d ms%n",
        score.contender().title(),
        measured.rate(),
        measured.p50(),
        measured.p99(),
        measured.max());
  }
}
