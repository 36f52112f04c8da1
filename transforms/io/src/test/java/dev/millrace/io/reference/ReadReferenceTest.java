package dev.millrace.io.reference;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.InputException;
import dev.millrace.testing.PipelineExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PipelineExtension.class)
class ReadReferenceTest {
  @TempDir Path folder;

  @Test
  void readsAColumnOfAFileIntoAPipeline(TestPipeline pipeline) throws IOException {
    Path file = write("airports.csv", "iata,name\nLAX,Los Angeles\nJFK,New York\n");

    assertElements(
        pipeline.apply(ReadReference.from(file + "#iata")), () -> containsInAnyOrder("LAX", "JFK"));
    pipeline.run();
  }

  @Test
  void readsWhatRfc4180Quotes() throws IOException {
    String csv =
        "\ufeff\"a\",b\r\n\"x, \"\"y\"\"\r\nz\",1\r\n007,2\r\n\r\n\"\",3\r\n,4\r\n\"last\",5";

    assertThat(values("a.csv", csv, "a"), contains("x, \"y\"\r\nz", "007", "last"));
    assertThat(values("a.csv", csv, "b"), contains("1", "2", "3", "4", "5"));
  }

  @Test
  void readsTextsAndNumbersOfJsonAsTheyAreWritten() throws IOException {
    String json =
        """
        {"deep":{"id":9},"id":"007"}
        {"id":12}

        {"id":1.50,"more":[1]}
        {"id":null}
        {"id":""}
        {"other":1}
        """;

    assertThat(values("ids.ndjson", json, "id"), contains("007", "12", "1.50"));
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("id\nA\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("ids.csv.gz"), bytes.toByteArray());
    List<String> values = new ArrayList<>();
    ReferenceColumn.parse(file + "#id").forEach(values::add);

    assertThat(values, contains("A"));
  }

  @Test
  void isNamedAfterFileAndColumnAlone() throws IOException {
    Path file = write("airports.csv", "iata\nLAX\n");
    ReadReference read = ReadReference.from(file + "#iata");

    assertThat(read.name(), is("airports.csv#iata"));
    assertThat(
        DisplayData.from(read).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        hasItem("from=" + file + "#iata"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv | 'a,b\n1,2\n' | Cannot read reference: %s: it has no column id, its columns are [a, b]",
        "a.csv | 'id,b\n1\n' | Cannot read reference: %s: line 2 has 1 values (expected 2)",
        "a.csv | 'id\n\"1\n' | Cannot read reference: %s: line 2 has a quote that is not closed",
        "a.csv | 'id\n\"1\"2\n' | Cannot read reference: %s: line 2 has text after a closing quote",
        "a.csv | 'id\n\"\"\n' | Cannot read reference: %s has no value in column id",
        "a.csv | '' | Cannot read reference: %s: it has no column id, its columns are []",
        "a.ndjson | '{\"id\":1}\nx\n' | Cannot read reference: %s: line 2 is not a JSON object",
        "a.ndjson | '{\"id\":[1]}' | Cannot read reference: %s: line 1 has no text or number in field id",
        "a.ndjson | '[1]' | Cannot read reference: %s: line 1 has no JSON object",
        "a.ndjson | '{\"id\":1} {}' | Cannot read reference: %s: line 1 has more than one value",
        "a.ndjson | '{\"di\":1}' | Cannot read reference: %s: it has no field id",
        "a.ndjson | '{\"id\":null}' | Cannot read reference: %s has no value in column id",
      })
  void refusesWhatHoldsNoReferenceAtLaunch(String name, String content, String message)
      throws IOException {
    Path file = write(name, content);

    InputException failure =
        assertThrows(InputException.class, () -> ReadReference.from(file + "#id"));

    assertThat(failure.getMessage(), is(message.formatted(file)));
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Path file = Files.write(folder.resolve("a.csv"), new byte[] {'i', 'd', '\n', (byte) 0xff});

    InputException failure =
        assertThrows(InputException.class, () -> ReadReference.from(file + "#id"));

    assertThat(
        failure.getMessage(), is("Cannot read reference: %s: it is not UTF-8".formatted(file)));
  }

  @Test
  void refusesAFileThatIsNotThereAndAReferenceWithoutAColumn() {
    Path file = folder.resolve("none.csv");

    assertThat(
        assertThrows(InputException.class, () -> ReadReference.from(file + "#id")).getMessage(),
        is("Cannot find reference: %s does not exist".formatted(file)));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ReadReference.from("a.csv"))
            .getMessage(),
        is("Invalid reference: a.csv (expected path#column, such as airports.csv#iata)"));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> values(String name, String content, String column) throws IOException {
    List<String> values = new ArrayList<>();
    ReferenceColumn.parse(write(name, content) + "#" + column).forEach(values::add);
    return values;
  }
}
