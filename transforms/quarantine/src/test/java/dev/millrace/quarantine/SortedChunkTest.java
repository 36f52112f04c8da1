package dev.millrace.quarantine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedChunkTest {

  @Test
  void ordersLinesBySourceThenOffsetThenId() throws IOException {
    Line first = line("a", 9, "z");
    Line second = line("b", -1, "y");
    Line third = line("b", 10, "x");
    Line fourth = line("b", 10, "w"); // its id is the larger one

    assertThat(
        merge(List.of(SortedChunk.pack(List.of(fourth, third, second, first)))),
        contains(first, second, third, fourth));
  }

  @Test
  void mergesToTheSameOrderHoweverTheLinesArrive() throws IOException {
    List<Line> sorted =
        IntStream.range(0, 500).mapToObj(i -> line("s" + i / 200, i, "r" + i)).toList();
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      List<Line> shuffled = new ArrayList<>(sorted);
      Collections.shuffle(shuffled, random);
      List<byte[]> chunks = new ArrayList<>();
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(100));
        chunks.add(SortedChunk.pack(shuffled.subList(from, to)));
        from = to;
      }
      assertThat(merge(chunks), equalTo(sorted));
    }
  }

  @Test
  void keepsEqualLines() throws IOException {
    Line line = line("a", 1, "x");

    assertThat(
        merge(List.of(SortedChunk.pack(List.of(line, line)), SortedChunk.pack(List.of(line)))),
        contains(line, line, line));
  }

  @Test
  void takesAFractionOfTheLinesItHolds() {
    List<Line> lines = IntStream.range(0, 1_000).mapToObj(i -> line("s", i, "r" + i)).toList();
    int open = lines.stream().mapToInt(line -> line.json().length).sum();

    assertThat(SortedChunk.pack(lines).length, lessThan(open / 4));
  }

  @Test
  void inflatesAChunkOnlyWhenItsTurnComes() throws IOException {
    byte[] early = SortedChunk.pack(List.of(line("a", 1, "x"), line("a", 2, "x")));
    byte[] whole = SortedChunk.pack(List.of(line("b", 1, "x"), line("b", 2, "x")));
    byte[] late = Arrays.copyOf(whole, whole.length - 40); // fails when it is inflated
    List<Line> seen = new ArrayList<>();

    assertThrows(IOException.class, () -> SortedChunk.merge(List.of(late, early), seen::add));

    assertThat(seen, contains(line("a", 1, "x"), line("a", 2, "x"), line("b", 1, "x")));
  }

  @Test
  void failsOnAChunkThatIsCut() {
    byte[] chunk = SortedChunk.pack(List.of(line("a", 1, "x")));

    EOFException error =
        assertThrows(EOFException.class, () -> merge(List.of(Arrays.copyOf(chunk, 60))));

    assertThat(error.getMessage(), equalTo("Cannot read a line: 7 of 302 bytes are there"));
  }

  private static List<Line> merge(List<byte[]> chunks) throws IOException {
    List<Line> lines = new ArrayList<>();
    SortedChunk.merge(chunks, lines::add);
    return lines;
  }

  private static Line line(String source, long offset, String payload) {
    RawRecord raw = new RawRecord(source, offset, payload.getBytes(StandardCharsets.UTF_8));
    Violation violation = new Violation(RejectReason.MALFORMED, "", "", "Expected '{' at byte 0");
    return Line.of(
        QuarantinedRecord.of(
            Rejected.of("decode", violation, raw), new QuarantineContext("c", "1", "p", "2")));
  }
}
