package dev.millrace.benchmarks.events;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EventFilesTest {
  private static final long ROWS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void writesTheSameLinesEachTime() throws IOException {
    List<String> first = lines(write("first"));
    List<String> second = lines(write("second"));
    assertThat(second, equalTo(first));
  }

  @ParameterizedTest
  @CsvSource({"NONE,f4ab621a", "GROUP,ed074b0", "KEY,ff7c84d7"})
  void writesTheLinesThatItAlwaysHas(Skew skew, String expected) throws IOException {
    EventFiles events = write("events", skew);
    CRC32C checksum = new CRC32C();
    for (int part = 0; part < 8; part++) {
      checksum.update(Files.readAllBytes(events.folder().resolve("part-" + part + ".ndjson")));
    }
    assertThat(Long.toHexString(checksum.getValue()), equalTo(expected));
  }

  @Test
  void givesTheEventsTheirShape() throws IOException {
    Shape shape = Shape.USUAL.withDays(365).withCopies(500).withRejects(200).withFields(18);
    EventFiles events = EventFiles.of(folder, ROWS, shape);
    Truth truth = events.prepare();
    assertThat(truth.partitions().size(), equalTo(365));
    assertThat(truth.partitions(), hasKey("dt=2026-12-31"));
    assertThat((double) truth.copies() / ROWS, closeTo(0.5, 0.02));
    assertThat((double) truth.malformed() / ROWS, closeTo(0.1, 0.01));
    assertThat((double) truth.flawed() / ROWS, closeTo(0.1, 0.01));
    JsonNode event = JSON.readTree(lines(events).get(0));
    assertThat(event.path("attribute_1").isIntegralNumber(), equalTo(true));
    assertThat(event.path("attribute_2").asText(), matchesPattern("v-[0-9]{6}"));
    assertThat(event.size(), equalTo(18));
  }

  @Test
  void givesAnotherShareOneGroup() throws IOException {
    EventFiles events = EventFiles.of(folder, ROWS, Shape.USUAL.withSkew(Skew.GROUP, 40));
    events.prepare();
    long ofTheGroup =
        lines(events).stream()
            .filter(line -> line.contains("2026-03-03T11:"))
            .filter(line -> line.contains("\"page_view\",\"country\":\"DE\""))
            .count();
    assertThat(ofTheGroup / (double) ROWS, closeTo(0.4, 0.02));
  }

  @Test
  void refusesAShapeThatCannotBe() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Shape.USUAL.withDays(366));
    assertThat(refusal.getMessage(), equalTo("Invalid days: 366 (expected 1 to 365)"));
  }

  @Test
  void leavesACompleteFolderAsItIs() throws IOException {
    EventFiles events = write("events");
    Path part = events.folder().resolve("part-3.ndjson");
    byte[] marked = Files.readAllBytes(part);
    marked[0] = '[';
    Files.write(part, marked);

    events.prepare();

    assertThat(Files.readAllBytes(part), equalTo(marked));
  }

  @Test
  void writesAnIncompleteFolderAnew() throws IOException {
    EventFiles events = write("events");
    List<String> complete = lines(events);
    Files.delete(events.folder().resolve("part-7.ndjson"));
    assertThat(lines(events), not(equalTo(complete)));

    events.prepare();

    assertThat(lines(events), equalTo(complete));
  }

  @Test
  void countsTheLinesAndTheCopiesThatAreThere() throws IOException {
    EventFiles events = write("events");
    Truth truth = events.prepare();
    List<String> lines = lines(events);
    Set<String> distinct = new HashSet<>();
    long copies = lines.stream().filter(line -> isObject(line) && !distinct.add(line)).count();

    assertThat((long) lines.size(), equalTo(ROWS));
    assertThat(truth.rows(), equalTo(ROWS));
    assertThat(truth.copies(), equalTo(copies));
    assertThat(truth.events() + truth.copies() + truth.rejected(), equalTo(ROWS));
    assertThat(
        truth.partitions().values().stream().mapToLong(Long::longValue).sum(),
        equalTo(truth.events()));
  }

  @Test
  void hasNearlyTheSharesAndTheLengthThatItPromises() throws IOException {
    Truth truth = write("events").prepare();
    assertThat((double) truth.bytes() / ROWS, closeTo(386, 2));
    assertThat((double) truth.copies() / ROWS, closeTo(0.03, 0.005));
    assertThat((double) truth.malformed() / ROWS, closeTo(0.005, 0.002));
    assertThat((double) truth.flawed() / ROWS, closeTo(0.005, 0.002));
  }

  @Test
  void spoilsMalformedLinesForAnyParser() throws IOException {
    EventFiles events = write("events");
    long broken = lines(events).stream().filter(line -> !isObject(line)).count();
    assertThat(broken, equalTo(events.prepare().malformed()));
  }

  @Test
  void givesFourOfFiveEventsOneGroup() throws IOException {
    EventFiles events = write("events", Skew.GROUP);
    long ofTheGroup =
        lines(events).stream()
            .filter(line -> line.contains("2026-03-03T11:"))
            .filter(line -> line.contains("\"page_view\""))
            .filter(line -> line.contains("\"DE\""))
            .count();
    assertThat(ofTheGroup / (double) ROWS, closeTo(0.8, 0.02));
    assertThat(events.prepare().copies() / (double) ROWS, closeTo(0.03, 0.005));
  }

  @Test
  void givesFourOfFiveLinesOneKey() throws IOException {
    EventFiles events = write("events", Skew.KEY);
    List<String> lines = lines(events);
    String first = lines.get(0);
    assertThat(lines.stream().filter(first::equals).count() / (double) ROWS, closeTo(0.8, 0.01));
    assertThat(events.prepare().copies() / (double) ROWS, closeTo(0.8 + 0.2 * 0.03, 0.01));
  }

  @ParameterizedTest
  @EnumSource(Skew.class)
  void copiesOnlyWhatCameBefore(Skew skew) {
    Events events = new Events(ROWS, Shape.USUAL.withSkew(skew));
    assertThat(events.kind(0), equalTo(Events.Kind.EVENT));
    for (long row = 0; row < ROWS; row++) {
      if (events.kind(row) == Events.Kind.COPY) {
        assertThat(row, greaterThan(events.copied(row)));
        assertThat(events.kind(events.copied(row)), equalTo(Events.Kind.EVENT));
      }
    }
  }

  private EventFiles write(String name) throws IOException {
    return write(name, Skew.NONE);
  }

  private EventFiles write(String name, Skew skew) throws IOException {
    EventFiles events = EventFiles.of(folder.resolve(name), ROWS, skew);
    events.prepare();
    return events;
  }

  private static List<String> lines(EventFiles events) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int part = 0; part < 8; part++) {
      Path file = events.folder().resolve("part-" + part + ".ndjson");
      if (Files.exists(file)) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  /** Whether a line is one JSON object and nothing else. */
  private static boolean isObject(String line) {
    try (var parser = JSON.createParser(line)) {
      JsonNode node = JSON.readTree(parser);
      return node != null && node.isObject() && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
