package dev.millrace.io.blocks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBlocksTest {
  private static final String MIXED = "a\nbb\r\n\n  \t\nccc\n\r\n d\n\neeeeeeeeeeee\nf";

  @Test
  void endsALineAtANewlineWithOrWithoutCarriageReturn() throws IOException {
    assertThat(read("a\nb\r\nc\rd\n"), contains("0 a", "2 b", "5 c\rd"));
  }

  @Test
  void takesTheLastLineWithoutANewline() throws IOException {
    assertThat(read("a\nb"), contains("0 a", "2 b"));
  }

  @Test
  void passesOverLinesOfWhiteSpace() throws IOException {
    assertThat(read("\n \r\n\t\na \n\n"), contains("6 a "));
  }

  @Test
  void keepsALineOfWhiteSpaceOutsideOfAscii() throws IOException {
    assertThat(read("\u00a0\n"), contains("0 \u00a0"));
  }

  @Test
  void findsNothingInAnEmptyFile() throws IOException {
    assertThat(read(""), empty());
    assertThat(read("\n"), empty());
  }

  @Test
  void givesTheSameLinesWhateverTheBlock() throws IOException {
    List<String> expected = read(MIXED);
    assertThat(expected, contains("0 a", "2 bb", "11 ccc", "17  d", "21 eeeeeeeeeeee", "34 f"));
    for (int block = 1; block <= MIXED.length() + 1; block++) {
      assertThat("block of " + block, read(MIXED, 0, Long.MAX_VALUE, block, 64), is(expected));
    }
  }

  @Test
  void givesEveryLineToOneRangeWhateverTheirSize() throws IOException {
    List<String> expected = read(MIXED);
    int length = MIXED.length();
    for (int size = 1; size <= length; size++) {
      for (int block : new int[] {1, 4, 64}) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < length; from += size) {
          lines.addAll(read(MIXED, from, Math.min(length, from + size), block, 64));
        }
        assertThat("ranges of %d, blocks of %d".formatted(size, block), lines, is(expected));
      }
    }
  }

  @Test
  void givesALineThatFillsARangeToTheOneItStartsIn() throws IOException {
    String text = "aaaaaaaaaaaaaaaaaaaa\nb\n";
    assertThat(read(text, 0, 4, 4, 64), contains("0 aaaaaaaaaaaaaaaaaaaa"));
    assertThat(read(text, 4, 8, 4, 64), empty());
    assertThat(read(text, 20, 21, 4, 64), empty());
    assertThat(read(text, 21, 23, 4, 64), contains("21 b"));
  }

  @Test
  void growsForALineThatIsLongerThanABlock() throws IOException {
    String longLine = "x".repeat(1000);
    assertThat(
        read("a\n" + longLine + "\nb\n", 0, Long.MAX_VALUE, 16, 1000),
        contains("0 a", "2 " + longLine, "1003 b"));
  }

  @Test
  void cutsALineThatIsLongerThanTheLimitAndLosesNothing() throws IOException {
    assertThat(
        read("a\n0123456789 \nb\n", 0, Long.MAX_VALUE, 2, 4),
        contains("0 a", "2 0123 ...", "6 4567 ...", "10 89  ...", "14 b"));
  }

  @Test
  void takesALineOfExactlyTheLimitForOne() throws IOException {
    assertThat(read("0123\r\n4567\n", 0, Long.MAX_VALUE, 4, 4), contains("0 0123", "6 4567"));
    assertThat(read("0123\n4567", 0, Long.MAX_VALUE, 4, 4), contains("0 0123", "5 4567"));
    assertThat(read("01234\n5", 0, Long.MAX_VALUE, 4, 4), contains("0 0123 ...", "4 4 ...", "6 5"));
  }

  /** The pieces of a line could be taken for records: each is marked, and alone in its block. */
  @Test
  void cutsLongLinesAtTheSamePlacesWhateverTheBlock() throws IOException {
    String text =
        "ab\r\n{}{}{}{}{}{}\r\n{}\n0123\r\n" + "x".repeat(5) + "\n" + " ".repeat(9) + "\ny";
    List<String> expected = read(text, 0, Long.MAX_VALUE, 4, 4);
    assertThat(
        expected,
        contains(
            "0 ab",
            "4 {}{} ...",
            "8 {}{} ...",
            "12 {}{} ...",
            "18 {}",
            "21 0123",
            "27 xxxx ...",
            "31 x ...",
            "33      ...",
            "37      ...",
            "41   ...",
            "43 y"));
    for (int block = 1; block <= text.length(); block++) {
      assertThat("block of " + block, read(text, 0, Long.MAX_VALUE, block, 4), is(expected));
      for (int from = 0; from < text.length(); from += block) {
        read(text, from, from + block, 2, 4).forEach(line -> assertThat(expected, hasItem(line)));
      }
    }
  }

  @Test
  void refusesALineThatDoesNotSeemToEnd() throws IOException {
    String text = "a\n" + "x".repeat(4 * LineBlocks.MAX_PIECES + 5) + "\n";
    IOException e = assertThrows(IOException.class, () -> read(text, 0, Long.MAX_VALUE, 2, 4));
    assertThat(e.getMessage(), is("the line at byte 2 is longer than 32 bytes"));
  }

  @Test
  void readsALongLineToItsEndInTheRangeItStartsIn() throws IOException {
    assertThat(
        read("0123456789\nb\n", 0, 2, 2, 4), contains("0 0123 ...", "4 4567 ...", "8 89 ..."));
  }

  @Test
  void makesBlocksOfManyLinesThatHoldTheirBytesOnly() throws IOException {
    byte[] text = "\n\nabc\ndef\nghi\n".getBytes(StandardCharsets.UTF_8);
    LineBlocks blocks =
        new LineBlocks(new ByteArrayInputStream(text), "f", 0, Long.MAX_VALUE, 12, 64);
    RawBlock first = blocks.next();
    assertThat(first.size(), is(2));
    assertThat(new String(first.array(), StandardCharsets.UTF_8), equalTo("abc\ndef"));
    assertThat(
        first.raw(1), equalTo(new RawRecord("f", 6, "def".getBytes(StandardCharsets.UTF_8))));
    assertThat(blocks.next().size(), is(1));
  }

  @Test
  void goesBackToSmallBlocksAfterALongLine() throws IOException {
    String text = "x".repeat(100) + "\n" + "ab\n".repeat(100);
    LineBlocks blocks = lineBlocks(text, 0, Long.MAX_VALUE, 16, 1000);
    blocks.next();
    blocks.next();
    for (RawBlock block = blocks.next(); block != null; block = blocks.next()) {
      assertThat(block.array().length, lessThanOrEqualTo(16));
    }
  }

  private static List<String> read(String text) throws IOException {
    return read(text, 0, Long.MAX_VALUE, 64, 64);
  }

  /** Each line with its offset. */
  private static List<String> read(String text, int from, long to, int block, int max)
      throws IOException {
    LineBlocks blocks = lineBlocks(text, from, to, block, max);
    List<String> lines = new ArrayList<>();
    for (RawBlock lineBlock = blocks.next(); lineBlock != null; lineBlock = blocks.next()) {
      for (int i = 0; i < lineBlock.size(); i++) {
        RawRecord raw = lineBlock.raw(i);
        String line = new String(raw.payload(), StandardCharsets.UTF_8);
        lines.add(raw.offset() + " " + line + (lineBlock.isPiece() ? " ..." : ""));
      }
    }
    return lines;
  }

  private static LineBlocks lineBlocks(String text, int from, long to, int block, int max) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int start = Math.max(0, from - 1);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
    return new LineBlocks(in, "f", from, to, block, max);
  }
}
