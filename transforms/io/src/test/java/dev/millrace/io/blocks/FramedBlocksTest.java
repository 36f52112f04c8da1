package dev.millrace.io.blocks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramedBlocksTest {

  @Test
  void endsARecordOfCsvAtANewlineWithOrWithoutCarriageReturn() throws IOException {
    assertThat(csv("a,b\n1,2\r\n3,\r4\n5,6"), contains("4 1,2", "9 3,\r4", "14 5,6"));
  }

  @Test
  void takesALineEndInQuotesForText() throws IOException {
    assertThat(
        csv("a,b\n\"1\n\",\"\"\"\r\n,\"\n3,4\n"), contains("4 \"1\n\",\"\"\"\r\n,\"", "17 3,4"));
  }

  @Test
  void takesAQuoteInsideOfAFieldForText() throws IOException {
    assertThat(csv("a,b\n1\",2\n3,4\"\n"), contains("4 1\",2", "9 3,4\""));
  }

  @Test
  void takesWhatAnUnclosedQuoteOpensForOneRecord() throws IOException {
    assertThat(csv("a,b\n1,2\n3,\"4\n5,6\n"), contains("4 1,2", "8 3,\"4\n5,6\n"));
  }

  @Test
  void passesOverEmptyLinesOfCsvOnly() throws IOException {
    assertThat(csv("\n\r\na\n\n \n\r\n\"\"\n"), contains("6  ", "10 \"\""));
  }

  @Test
  void findsNoRecordWithoutAHeaderOrAfterIt() throws IOException {
    assertThat(csv(""), empty());
    assertThat(csv("\n"), empty());
    assertThat(csv("a,b"), empty());
    assertThat(csv("a,b\r\n"), empty());
  }

  @Test
  void givesTheHeaderWithEachBlock() throws IOException {
    FramedBlocks blocks = blocks("\ufeffa;'b\n'\r\n1;2\n3;4\n", csvOf(';', '\''), 16, 64);
    for (RawBlock block = blocks.next(); block != null; block = blocks.next()) {
      assertThat(block.header().orElseThrow().toString(), is("a;'b\n'"));
      assertThat(
          ((CsvHeader) block.header().orElseThrow()).dialect(), is(new CsvDialect(';', '\'')));
    }
  }

  @Test
  void givesTheSameRecordsOfCsvWhateverTheBlock() throws IOException {
    String file = "\ufeffa,b\r\n1,\"\"\"x\n\"\"\"\n\n\"2\",\"y\"\r\n3\"4,\"\"\r\n\"z";
    List<String> expected = csv(file);
    assertThat(expected.size(), is(4));
    for (int block = 3; block <= 50; block++) {
      assertThat("block of " + block, read(file, csvOf(',', '"'), block, 64), is(expected));
    }
  }

  @Test
  void findsTheElementsOfAnArray() throws IOException {
    assertThat(
        json("\ufeff [ {\"a\":[1,{}]} ,\n\"],[\\\"\",3\t,[]]\n"),
        contains("6 {\"a\":[1,{}]}", "21 \"],[\\\"\"", "29 3", "32 []"));
  }

  @Test
  void findsNothingInAnEmptyArrayOrFile() throws IOException {
    assertThat(json("[ ]"), empty());
    assertThat(json(""), empty());
    assertThat(json(" \n"), empty());
  }

  @Test
  void leavesToDecodingWhatIsNoElement() throws IOException {
    assertThat(json("[{} {},,}{\"a\":1},]"), contains("1 {} {}", "7 ", "8 }{\"a\":1}", "17 "));
  }

  @Test
  void givesTheSameElementsWhateverTheBlock() throws IOException {
    String file = "\ufeff[{\"a\":\"\\\\\\\"]\"},\r\n [[1],[2]] , 3,{\"b\":{\"c\":[]}}\n]\n ";
    List<String> expected = json(file);
    assertThat(expected.size(), is(4));
    for (int block = 3; block <= 60; block++) {
      assertThat("block of " + block, read(file, JsonArrayFraming::new, block, 64), is(expected));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}\\n{} | expected '[' at byte 0 (a file of one JSON object a line is of the format ndjson)",
        "[1] 2 | expected nothing after the end of the array, at byte 4",
        "[1, 2 | the array does not end, after 5 bytes",
        "[1, | the array does not end, after 3 bytes",
        "[ | the array does not end, after 1 bytes",
        "[{\"a\":\"] | the array does not end, after 8 bytes",
      })
  void refusesAFileThatIsNotOneArray(String file, String message) {
    IOException e = assertThrows(IOException.class, () -> json(file));
    assertThat(e.getMessage(), equalTo(message));
  }

  @Test
  void givesTheElementsBeforeTheOneThatDoesNotEnd() throws IOException {
    FramedBlocks blocks = blocks("[1,2,{", JsonArrayFraming::new, 64, 64);
    assertThat(blocks.next().size(), is(2));
    assertThrows(IOException.class, blocks::next);
  }

  @Test
  void refusesARecordOverTheLimit() {
    IOException e =
        assertThrows(IOException.class, () -> read("a\n1\n\"2\n3\n4\n5\n", csvOf(',', '"'), 4, 8));
    assertThat(e.getMessage(), equalTo("the record at byte 4 is longer than 8 bytes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\r1,2\\r3,4\\r | the header has a carriage return alone at byte 3 (expected lines that end with \\\\n or \\\\r\\\\n)",
        "`\"a\r\n\",b\\rc` | the header has a carriage return alone at byte 7 (expected lines that end with \\\\n or \\\\r\\\\n)",
        "a,\"b\\n1,2\\n | the header has a quote that is not closed, at byte 2",
        "\"a\"\"\\n1,2\\n | the header has a quote that is not closed, at byte 3",
      })
  void refusesAHeaderThatTakesTheRecordsForItself(String file, String message) {
    String text = file.replace("\\r", "\r").replace("\\n", "\n");
    IOException e = assertThrows(IOException.class, () -> csv(text));
    assertThat(e.getMessage(), equalTo(message.replace("\\\\", "\\")));
  }

  @Test
  void takesAHeaderWithLineEndsAndQuotesInQuotes() throws IOException {
    assertThat(csv("\"a\r\"\"\n\",b\r\n1,2\r3\n4,5"), contains("11 1,2\r3", "17 4,5"));
  }

  private static Supplier<Framing> csvOf(char delimiter, char quote) {
    return () -> new CsvFraming(new CsvDialect(delimiter, quote));
  }

  private static List<String> csv(String file) throws IOException {
    return read(file, csvOf(',', '"'), 1024, 1024);
  }

  private static List<String> json(String file) throws IOException {
    return read(file, JsonArrayFraming::new, 1024, 1024);
  }

  private static FramedBlocks blocks(String file, Supplier<Framing> framing, int block, int max) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return new FramedBlocks(new ByteArrayInputStream(bytes), "f", framing.get(), block, max);
  }

  private static List<String> read(String file, Supplier<Framing> framing, int block, int max)
      throws IOException {
    FramedBlocks blocks = blocks(file, framing, block, max);
    List<String> records = new ArrayList<>();
    for (RawBlock next = blocks.next(); next != null; next = blocks.next()) {
      for (int i = 0; i < next.size(); i++) {
        String text = new String(next.raw(i).payload(), StandardCharsets.UTF_8);
        records.add(next.offset(i) + " " + text);
      }
    }
    return records;
  }
}
