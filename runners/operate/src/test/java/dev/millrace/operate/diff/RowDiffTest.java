package dev.millrace.operate.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.ReadException;
import dev.millrace.operate.diff.ChangedSample.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of JSON with the fields k, and v, and perhaps more. */
class RowDiffTest {
  private static final String DAY = "dt=2001-01-15";

  @TempDir Path folder;
  private int files;

  @Test
  void comparesWholeRowsAsOftenAsTheyAreThere() throws IOException {
    RowDiff diff = RowDiff.by(List.of(), 9);
    diff.compare(
        pair(
            List.of(row(1, "a"), row(1, "a"), row(2, "b")),
            List.of(row(2, "b"), row(1, "a"), row(3, "c"), row(3, "c"))));
    assertThat(diff.total(), is(counts("all", 3, 4, 2, 1, 0)));
    assertThat(texts(diff.added()), contains("{k=3, v=\"c\"}", "{k=3, v=\"c\"}"));
    assertThat(texts(diff.removed()), contains("{k=1, v=\"a\"}"));
    assertThat(diff.changed(), is(empty()));
  }

  @Test
  void pairsRowsOfTheSameKey() throws IOException {
    RowDiff diff = RowDiff.by(List.of("k"), 9);
    diff.compare(
        pair(
            List.of(row(1, "a"), row(2, "b"), row(3, "c")),
            List.of(row(3, "c"), row(4, "d"), row(1, "z"))));
    assertThat(diff.total(), is(counts("all", 3, 3, 1, 1, 1)));
    assertThat(texts(diff.added()), contains("{k=4, v=\"d\"}"));
    assertThat(texts(diff.removed()), contains("{k=2, v=\"b\"}"));
    assertThat(
        diff.changed(),
        contains(
            new ChangedSample(
                DAY,
                new TreeMap<>(Map.of("k", "1")),
                new TreeMap<>(Map.of("v", new Change("\"a\"", "\"z\""))))));
  }

  /** The same rows cancel out first, the others are paired in their order. */
  @Test
  void pairsAsManyAsItCanWhereAKeyIsThereTwice() throws IOException {
    RowDiff diff = RowDiff.by(List.of("k"), 9);
    diff.compare(
        pair(
            List.of(row(1, "a"), row(1, "b"), row(1, "c"), row(1, "d")),
            List.of(row(1, "c"), row(1, "x"), row(1, "y"))));
    assertThat(diff.total(), is(counts("all", 4, 3, 0, 1, 2)));
    assertThat(
        diff.changed().stream().map(sample -> sample.fields().toString()).toList(),
        contains(
            "{v=Change[published=\"a\", staged=\"x\"]}",
            "{v=Change[published=\"b\", staged=\"y\"]}"));
    assertThat(texts(diff.removed()), contains("{k=1, v=\"d\"}"));
  }

  @Test
  void keepsTheFirstSamplesByPartitionAndThenByRow() throws IOException {
    RowDiff diff = RowDiff.by(List.of("k"), 2);
    diff.compare(pair(List.of(row(1, "a")), List.of(row(1, "b"), row(7, "new"))));
    diff.compare(
        pair(
            List.of(row(3, "a"), row(4, "a"), row(5, "old"), row(6, "old"), row(8, "old")),
            List.of(row(9, "new"), row(10, "new"), row(4, "b"), row(3, "b"))));
    assertThat(diff.total(), is(counts("all", 6, 6, 3, 3, 3)));
    assertThat(texts(diff.added()), contains("{k=7, v=\"new\"}", "{k=9, v=\"new\"}"));
    assertThat(texts(diff.removed()), contains("{k=5, v=\"old\"}", "{k=6, v=\"old\"}"));
    assertThat(
        diff.changed().stream().map(sample -> sample.key().toString()).toList(),
        contains("{k=1}", "{k=4}"));
  }

  @Test
  void keepsNoSamplesIfNoneAreWanted() throws IOException {
    RowDiff diff = RowDiff.by(List.of("k"), 0);
    diff.compare(pair(List.of(row(1, "a"), row(2, "a")), List.of(row(1, "b"), row(7, "new"))));
    assertThat(diff.total(), is(counts("all", 2, 2, 1, 1, 1)));
    assertThat(diff.added().size() + diff.removed().size() + diff.changed().size(), is(0));
  }

  @Test
  void countsWhatIsTakenAwayAndWhatIsTheSameInBoth() throws IOException {
    RowDiff diff = RowDiff.by(List.of(), 1);
    diff.compare(new PartitionPair(DAY, List.of(file(List.of(row(1, "a")))), List.of(), 0, true));
    diff.compare(new PartitionPair(DAY, List.of(), List.of(), 5, false));
    assertThat(
        diff.partitions(),
        contains(
            new PartitionDiff(DAY, true, 1, 0, 0, 1, 0),
            new PartitionDiff(DAY, false, 5, 5, 0, 0, 0)));
  }

  @Test
  void takesForTheSameWhatHasOneValue() throws IOException {
    RowDiff diff = RowDiff.by(List.of(), 9);
    diff.compare(
        pair(
            List.of("{\"k\":1,\"v\":12.50,\"o\":{\"a\":1.0,\"b\":null},\"l\":[1e2]}"),
            List.of("{\"v\":12.5,\"l\":[100.0],\"k\":1.0,\"o\":{\"a\":1},\"later\":null}")));
    assertThat(diff.total().differs(), is(false));
  }

  @Test
  void tellsValuesOfDifferentTypesAndManyDigitsApart() throws IOException {
    RowDiff diff = RowDiff.by(List.of(), 9);
    diff.compare(
        pair(
            List.of("{\"k\":1}", "{\"k\":12345678901234567.1}", "{\"k\":\"null\"}", "{\"k\":[]}"),
            List.of("{\"k\":\"1\"}", "{\"k\":12345678901234567.2}", "{\"k\":null}", "{\"k\":{}}")));
    assertThat(diff.total(), is(counts("all", 4, 4, 4, 4, 0)));
  }

  /** Against a comparison that holds all rows. */
  @Test
  void agreesWithAMultisetOfRows() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      List<String> before = rows(random);
      List<String> after = rows(random);
      RowDiff diff = RowDiff.by(List.of(), 1_000);
      diff.compare(pair(before, after));
      List<String> added = without(after, before);
      List<String> removed = without(before, after);
      assertThat(
          diff.total(),
          is(counts("all", before.size(), after.size(), added.size(), removed.size(), 0)));
      assertThat(texts(diff.added()).size(), is(added.size()));

      RowDiff keyed = RowDiff.by(List.of("k"), 1_000);
      keyed.compare(pair(before, after));
      long changed = pairs(added, removed);
      assertThat(
          keyed.total(),
          is(
              counts(
                  "all",
                  before.size(),
                  after.size(),
                  added.size() - changed,
                  removed.size() - changed,
                  changed)));
      assertThat((long) keyed.changed().size(), is(changed));
    }
  }

  private static List<String> rows(Random random) {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(300); i > 0; i--) {
      rows.add(row(random.nextInt(60), String.valueOf(random.nextInt(3))));
    }
    return rows;
  }

  private static List<String> without(List<String> rows, List<String> others) {
    List<String> left = new ArrayList<>(rows);
    others.forEach(left::remove);
    return left;
  }

  private static long pairs(List<String> added, List<String> removed) {
    Map<String, Integer> keys = new HashMap<>();
    removed.forEach(row -> keys.merge(key(row), 1, Integer::sum));
    return added.stream().filter(row -> keys.merge(key(row), -1, Integer::sum) >= 0).count();
  }

  private static String key(String row) {
    return row.substring(0, row.indexOf(','));
  }

  @Test
  void refusesAKeyThatRowsLack() throws IOException {
    Path file = file(List.of("{\"id\":1,\"value\":2}"));
    PartitionPair later =
        new PartitionPair(DAY, List.of(file), List.of(file(List.of(row(1, "a")))), 0, false);
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> RowDiff.by(List.of("k"), 1).compare(later))
            .getMessage(),
        is("Invalid key: Unknown field: k (expected id, value) in what is published"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> RowDiff.by(List.of("vlaue"), 1).checkKey(file))
            .getMessage(),
        is("Invalid key: Unknown field: vlaue (did you mean value?) in what is staged"));
  }

  @Test
  void saysWhichRowItCannotRead() throws IOException {
    Path file = file(List.of(row(1, "a"), "no row"));
    PartitionPair pair = new PartitionPair(DAY, List.of(file), List.of(), 0, false);
    assertThat(
        assertThrows(ReadException.class, () -> RowDiff.by(List.of(), 1).compare(pair))
            .getMessage()
            .replaceFirst(": Unrecognized.*", ""),
        is("Cannot read %s: the row at %s".formatted(file, row(1, "a").length() + 1)));
  }

  @Test
  void refusesTooManySamples() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> RowDiff.by(List.of(), 1_001))
            .getMessage(),
        is("Invalid samples: 1001 (expected 0 to 1000)"));
  }

  private PartitionPair pair(List<String> published, List<String> staged) throws IOException {
    return new PartitionPair(DAY, split(published), split(staged), 0, false);
  }

  /** Rows of two files, whose order is that of their names. */
  private List<Path> split(List<String> rows) throws IOException {
    int half = rows.size() / 2;
    List<Path> both = new ArrayList<>();
    for (List<String> part : List.of(rows.subList(0, half), rows.subList(half, rows.size()))) {
      if (!part.isEmpty()) {
        both.add(file(part));
      }
    }
    Collections.reverse(both);
    return both;
  }

  private Path file(List<String> rows) throws IOException {
    return Files.write(folder.resolve("part-%s.ndjson".formatted(1_000 + files++)), rows);
  }

  private static String row(int key, String value) {
    return "{\"k\":%s,\"v\":\"%s\"}".formatted(key, value);
  }

  private static PartitionDiff counts(
      String name, long before, long after, long added, long removed, long changed) {
    return new PartitionDiff(name, false, before, after, added, removed, changed);
  }

  private static List<String> texts(List<RowSample> samples) {
    return samples.stream().map(sample -> sample.values().toString()).toList();
  }
}
