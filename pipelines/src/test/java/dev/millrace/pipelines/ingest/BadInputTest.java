package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.record.WrittenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over what nobody meant to send: each record is accounted for, or the run fails. */
class BadInputTest {
  private static final Path CONTRACT = Path.of("../testdata/flights/flights.odcs.yaml");
  private static final String GOOD =
      "{\"date\":\"2001-01-01T0%d:00:00Z\",\"delay\":1,\"distance\":100,\"origin\":\"LAX\",\"destination\":\"SFO\"%s}";
  private static final String HEADER = "date,delay,distance,origin,destination\n";
  private static final String ROW = "2001-01-01T0%d:00:00Z,1,100,LAX,SFO";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void quarantinesALineOfFiftyMegabytesInPieces() throws IOException {
    String line = good(2, ",\"note\":\"" + "x".repeat(50 << 20) + "\"");
    Path input = lines(good(1, ""), line, good(3, ""));

    StagedOutput output = run(input, "keep");

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(2L));
    assertThat(output.counts(), containsString("\"rejected_by_reason\":{\"too_long\":4}"));
    assertThat(
        quarantined(output).stream()
            .map(piece -> piece.get("original").textValue())
            .collect(Collectors.joining()),
        equalTo(line));
  }

  @Test
  void publishesALineOfTenMegabytesThatKeepsItsContract() throws IOException {
    StagedOutput output = run(lines(good(1, ",\"note\":\"" + "x".repeat(10 << 20) + "\"")), "keep");
    assertThat(output.counts(), startsWith("{\"read\":1,\"accepted\":1,\"published\":1,"));
  }

  @Test
  void failsOnALineWithoutAnEnd() throws IOException {
    Path input = folder.resolve("input.ndjson");
    byte[] megabyte = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(input)) {
      for (int i = 0; i < 200; i++) {
        out.write(megabyte);
      }
    }
    assertFails(
        input,
        "Cannot read %s: the line at byte 0 is longer than 134217728 bytes".formatted(input));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reject", "keep", "drop"})
  void quarantinesTenThousandLevelsOfNesting(String unknownFields) throws IOException {
    String deep = good(1, ",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000));
    StagedOutput output = run(lines(deep, good(2, "")), unknownFields);

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(1L));
    assertThat(
        messages(output),
        contains("malformed: Nested deeper than 200 levels at byte " + (deep.indexOf('[') + 200)));
  }

  @Test
  void quarantinesTenThousandUnknownFields() throws IOException {
    StagedOutput output = run(lines(good(1, fields()), good(2, "")), "reject");

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(1L));
    JsonNode rejected = quarantined(output).get(0);
    assertThat(rejected.get("reason").textValue(), is("unknown_field"));
    assertThat(rejected.get("violations").size(), is(1000));
    assertThat(
        rejected.get("violations").get(0).get("message").textValue(),
        is("Invalid f0: 0 (expected a known field)"));
  }

  @Test
  void keepsTenThousandUnknownFieldsIfItIsToldTo() throws Exception {
    StagedOutput output = run(lines(good(1, fields())), "keep");
    JsonNode row = JSON.readTree(output.rows("records").get(0));
    assertThat(JSON.readTree(row.get("_unknown").textValue()).size(), is(10_000));
  }

  @Test
  void dropsTenThousandUnknownFieldsIfItIsToldTo() throws IOException {
    assertThat(
        run(lines(good(1, fields())), "drop").counts(),
        startsWith("{\"read\":1,\"accepted\":1,\"published\":1,\"rejected\":0,"));
  }

  private static String fields() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> ",\"f%d\":%d".formatted(i, i))
        .collect(Collectors.joining());
  }

  @Test
  void quarantinesInvalidUtf8WithItsBytes() throws IOException {
    byte[] latin1 = good(1, "").replace("LAX", "L\u00c4X").getBytes(StandardCharsets.ISO_8859_1);
    Path input = folder.resolve("input.ndjson");
    Files.write(input, concat(latin1, utf8("\n" + good(2, "") + "\n")));

    StagedOutput output = run(input, "reject");

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(1L));
    assertThat(messages(output), contains("malformed: Invalid UTF-8 at byte 67"));
    assertThat(quarantined(output).get(0).get("originalBase64").binaryValue(), is(latin1));
  }

  @Test
  void takesLineEndsOfAnyKindButACarriageReturnAlone() throws IOException {
    Path input = folder.resolve("input.ndjson");
    String two = good(3, "") + "\r" + good(4, "");
    Files.writeString(
        input, good(1, "") + "\n" + good(2, "") + "\r\n\r\n\n" + two + "\r\n" + good(5, ""));

    StagedOutput output = run(input, "reject");

    assertThat(
        output.counts(), startsWith("{\"read\":4,\"accepted\":3,\"published\":3,\"rejected\":1,"));
    assertThat(quarantined(output).get(0).get("original").textValue(), is(two));
    assertThat(
        messages(output),
        contains(
            "malformed: Expected the end of the record at byte " + (good(3, "").length() + 1)));
  }

  @Test
  void quarantinesRowsOfCsvWithTooFewOrTooManyColumns() throws IOException {
    Path input = folder.resolve("input.csv");
    Files.writeString(input, HEADER + row(1) + "\r\n2001-01-01,1\n" + row(2) + ",7\n" + row(3));

    StagedOutput output = run(input, "reject");

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(2L));
    assertThat(
        messages(output),
        contains(
            "malformed: Expected 5 columns, found 2, the last ending at byte 12",
            "malformed: Expected 5 columns, found 6, the last ending at byte 36"));
  }

  @Test
  void quarantinesTheRestOfASmallFileAfterAnUnclosedQuote() throws IOException {
    Path input = folder.resolve("input.csv");
    String rest = "\"" + row(2) + "\n" + row(3) + "\n";
    Files.writeString(input, HEADER + row(1) + "\n" + rest);

    StagedOutput output = run(input, "reject");

    assertThat(
        output.counts(), startsWith("{\"read\":2,\"accepted\":1,\"published\":1,\"rejected\":1,"));
    assertThat(messages(output), contains("malformed: Unclosed quote at byte 0"));
    assertThat(quarantined(output).get(0).get("original").textValue(), is(rest));
  }

  @Test
  void failsOnAnUnclosedQuoteInALargeFile() throws IOException {
    Path input = folder.resolve("input.csv");
    String good = HEADER + (row(1) + "\n").repeat(1_000);
    Files.writeString(input, good + "\"" + (row(2) + "\n").repeat(1 << 20));
    assertFails(
        input,
        "Cannot read %s: the record at byte %d is longer than 16777216 bytes"
            .formatted(input, good.length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CR | the header has a carriage return alone at byte 38 (expected lines that end with \\n or \\r\\n)",
        "QUOTE | the header has a quote that is not closed, at byte 39",
      })
  void failsOnAHeaderThatTakesTheRecordsForItself(String kind, String message) throws IOException {
    Path input = folder.resolve("input.csv");
    String text = HEADER + row(1) + "\n";
    Files.writeString(
        input, kind.equals("CR") ? text.replace('\n', '\r') : text.replaceFirst("\n", ",\"\n"));
    assertFails(input, "Cannot read %s: %s".formatted(input, message));
  }

  @Test
  void readsNothingFromBlankLinesAndFromCompressedNothing() throws IOException {
    Files.writeString(folder.resolve("a.ndjson"), "\n \r\n\n\t\n");
    Files.write(folder.resolve("b.ndjson.gz"), gzip(new byte[0]));
    Files.write(folder.resolve("c.ndjson"), new byte[0]);
    Files.writeString(folder.resolve("d.csv"), HEADER);
    Files.writeString(folder.resolve("e.json"), " [ ]\n");

    StagedOutput output = run(folder.resolve("?.*"), "reject");

    assertThat(
        output.counts(),
        is(
            "{\"read\":0,\"accepted\":0,\"published\":0,\"rejected\":0,\"duplicate\":0,\"late\":0,\"filtered\":0,\"rejected_by_reason\":{}}"));
    assertThat(output.manifest().files(), hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "xz"})
  void failsOnACompressedFileThatIsCutOff(String compression) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of("../testdata/formats/flights.csv." + compression));
    Path input = folder.resolve("input.csv." + compression);
    Files.write(input, Arrays.copyOf(whole, whole.length - 9));
    assertFails(input, "Cannot read %s: truncated ".formatted(input));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, '\n'})
  void failsOnAGigabyteInAMegabyte(int character) throws IOException {
    byte[] part = new byte[16 << 20];
    Arrays.fill(part, (byte) character);
    byte[] packed = gzip(part);
    Path input = folder.resolve("input.ndjson.gz");
    try (OutputStream out = Files.newOutputStream(input)) {
      for (int i = 0; i < 64; i++) {
        out.write(packed);
      }
    }
    assertFails(
        input,
        "Cannot read %s: its %d bytes hold more than %d, 100 times as much (expected at most 100 times: see maxExpansion)"
            .formatted(input, Files.size(input), 100 * Files.size(input)));
  }

  @Test
  void readsWhatIsLargerThanItSeemsIfItIsToldTo() throws IOException {
    Path input = folder.resolve("input.ndjson.gz");
    byte[] blank = new byte[80 << 20];
    Arrays.fill(blank, (byte) '\n');
    Files.write(input, concat(gzip(utf8(good(1, ""))), gzip(blank)));

    assertFails(input, "Cannot read %s: its ".formatted(input));
    StagedOutput output = run(input, "reject", "--maxExpansion=2000");

    assertThat(output.manifest().count(Disposition.PUBLISHED), is(1L));
  }

  private static String good(int hour, String more) {
    return GOOD.formatted(hour, more);
  }

  private static String row(int hour) {
    return ROW.formatted(hour);
  }

  private Path lines(String... lines) throws IOException {
    return Files.write(folder.resolve("input.ndjson"), List.of(lines));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private StagedOutput run(Path input, String unknownFields, String... more) throws IOException {
    Path contract = folder.resolve("contract.yaml");
    String flights = Files.readString(CONTRACT);
    String handling = "property: millrace.unknownFields\n        value: ";
    assertThat(flights, containsString(handling + "reject"));
    Files.writeString(contract, flights.replace(handling + "reject", handling + unknownFields));
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--input=" + input);
    options.add("--contract=" + contract);
    Path staging = folder.resolve("staging");
    StagedOutput output = IngestRun.to(staging, options.toArray(String[]::new));
    Files.delete(contract);
    assertBalanced(output.manifest());
    return output;
  }

  private static void assertBalanced(Manifest manifest) {
    assertThat(
        manifest.count(Disposition.READ),
        is(
            manifest.rows("records")
                + manifest.rows("quarantine")
                + manifest.count(Disposition.DUPLICATE)
                + manifest.count(Disposition.LATE)
                + manifest.count(Disposition.FILTERED)));
  }

  private void assertFails(Path input, String message) {
    Path staging = folder.resolve("failed");
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () -> IngestRun.to(staging, "--input=" + input, "--contract=" + CONTRACT));
    assertThat(failure.toString(), containsString(message));
    assertThat(Files.exists(staging.resolve(Manifest.FILE_NAME)), is(false));
  }

  /** The quarantined records, in the order of the file. */
  private List<JsonNode> quarantined(StagedOutput output) throws IOException {
    List<JsonNode> rejected = new ArrayList<>();
    for (WrittenFile file : output.manifest().files()) {
      if (file.table().equals("quarantine")) {
        for (String line : Files.readAllLines(folder.resolve("staging").resolve(file.path()))) {
          rejected.add(JSON.readTree(line));
        }
      }
    }
    rejected.sort(Comparator.comparingLong(record -> record.get("offset").longValue()));
    return rejected;
  }

  private List<String> messages(StagedOutput output) throws IOException {
    return quarantined(output).stream()
        .map(
            record ->
                record.get("reason").textValue()
                    + ": "
                    + record.get("violations").get(0).get("message").textValue())
        .toList();
  }
}
