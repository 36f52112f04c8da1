package dev.millrace.benchmarks.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamTableTest {
  private static final double MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void comparesAllWithNativeFlink() {
    String table = table(score("millrace", 2, 5 * MIB), score("native", 1, 10 * MIB)).text();
    assertThat(
        table,
        containsString(
            "| Millrace | 500 | 0.50 | 250 | 0.50 | 3000.0 | 1.00 | 2000.0 | 1.00 | 20 | 40 | 2.00"
                + " | 5.0 | 0.50 | 700 | 1.00 | right |\n"));
    assertThat(
        table,
        containsString(
            "| native Flink | 1000 | 1.00 | 500 | 1.00 | 3000.0 | 1.00 | 2000.0 | 1.00 | 10 | 20"
                + " | 1.00 | 10.0 | 1.00 | 700 | 1.00 | right |\n"));
  }

  @Test
  void hasACellForEachHead() {
    List<String> lines = table(score("native", 1, MIB)).text().lines().toList();
    for (String line : lines.subList(2, lines.size())) {
      assertThat(line, cells(line), is(cells(lines.get(2))));
    }
  }

  @Test
  void hasNoCheckpointWhereThereIsNone() {
    assertThat(
        table(score("native", 1, MIB), score("kafka-streams", 1, -1)).text(),
        containsString("| 20 | 1.00 | - | - | 700 | 1.00 | right |\n"));
  }

  @Test
  void callsAContenderWithDifferencesWrong() {
    StreamScore wrong = score("native", 1, MIB);
    wrong.addSteady(new StreamTrial.Turn<>(new Steadiness(1, 1, 1, 1, 1), List.of("ids")));
    String text = table(wrong).text();
    assertThat(text, containsString("| native Flink | WRONG | |"));
    assertThat(text, not(containsString("right")));
  }

  @Test
  void saysWhatWasMeasured() {
    assertThat(
        table(score("native", 1, MIB)).text(),
        containsString("A backlog of 1,000 messages, and 500 a second; state: heap"));
  }

  @Test
  void writesEveryMeasurement() throws IOException {
    table(score("native", 1, 10 * MIB), score("kafka-streams", 1, -1)).write(folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("stream-results.json").toFile());
    assertThat(json.at("/messages").asLong(), is(1000L));
    assertThat(json.at("/state").asText(), is("HEAP"));
    assertThat(json.at("/native/saturation/0/checkpointBytes").asLong(), is(10L << 20));
    assertThat(json.at("/kafka-streams/saturation/0/checkpointBytes").asLong(), is(-1L));
    assertThat(json.at("/native/steady/0/p99").asLong(), is(20L));
    assertThat(
        Files.readString(folder.resolve("stream-results.md")), containsString("| native Flink |"));
  }

  private static StreamTable table(StreamScore... scores) {
    return new StreamTable(1000, 500, State.HEAP, List.of(scores));
  }

  /** A thousand messages in so many seconds; -1 is no checkpoint. */
  private static StreamScore score(String key, double seconds, double checkpointBytes) {
    StreamScore score =
        new StreamScore(
            StreamContender.all(Path.of("")).stream()
                .filter(contender -> contender.key().equals(key))
                .findFirst()
                .orElseThrow());
    score.addSaturation(
        new StreamTrial.Turn<>(
            new Saturation(1000, seconds, seconds, 3, 1, 700, (long) checkpointBytes), List.of()));
    long p99 = (long) (20 * seconds);
    score.addSteady(new StreamTrial.Turn<>(new Steadiness(9, 500, p99 / 2, p99, p99), List.of()));
    return score;
  }

  private static long cells(String line) {
    return line.chars().filter(c -> c == '|').count();
  }
}
