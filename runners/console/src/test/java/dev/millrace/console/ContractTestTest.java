package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ContractTestTest {
  private static final Path TESTDATA = Path.of("../../testdata").toAbsolutePath().normalize();
  private static final Path FLIGHTS = TESTDATA.resolve("flights/flights.odcs.yaml");

  private static final String GOOD =
      """
      {"date":"2001-01-01T00:01:00","delay":14,"distance":549,"origin":"SFO","destination":"SAN"}
      """;

  private static final String BAD =
      """
      {"date":"2001-01-01T00:02:00","delay":1688,"distance":0,"origin":"SFO","destination":"SAN"}
      {"date":"2001-01-01T00:03:00","delay":721,"distance":5,"origin":"SFO"}
      not a flight
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write() throws IOException {
    input = Files.writeString(folder.resolve("flights.ndjson"), GOOD + BAD);
  }

  @Test
  void saysThatNothingWouldBeRejected() throws IOException {
    Files.writeString(input, GOOD);
    assertThat(test("--input=" + input), is(0));
    assertThat(out.toString(), is("1 record read = 1 would be accepted + 0 would be rejected\n"));
    assertThat(err.toString(), is(emptyString()));
  }

  @Test
  void countsWhatWouldBeRejectedByReasonAndRuleWithExamples() {
    assertThat(test("--input=" + input), is(1));
    assertThat(
        out.toString(),
        is(
            """
            4 records read = 1 would be accepted + 3 would be rejected

            Rejected, by reason:
                       2  out_of_range
                       1  malformed

            Rules broken (a record counts under each that it broke):
                       2  delay  maximum: 720
                          INPUT @ 92: Found 1688, expected at most 720
                          INPUT @ 184: Found 721, expected at most 720
                       1  distance  minimum: 1
                          INPUT @ 92: Found 0, expected at least 1
                       1  destination  required: true
                          INPUT @ 184: Missing required value: destination
                       1  malformed
                          INPUT @ 255: Expected '{' at byte 0
            """
                .replace("INPUT", input.toString())));
    assertThat(filesIn(folder), contains(input));
  }

  @Test
  void givesAsManyExamplesAsAreAskedFor() {
    assertThat(test("--input=" + input, "--samples=1"), is(1));
    assertThat(out.toString(), containsString("Found 1688"));
    assertThat(out.toString(), not(containsString("Found 721")));
  }

  @Test
  void printsNothingButTheResultAsJsonIfAsked() throws IOException {
    assertThat(test("--input=" + input, "--json"), is(1));
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/contract").asText(), is("flights"));
    assertThat(json.at("/contractVersion").asText(), is("1.0.0"));
    assertThat(json.at("/read").asLong(), is(4L));
    assertThat(json.at("/accepted").asLong(), is(1L));
    assertThat(json.at("/rejected").asLong(), is(3L));
    assertThat(json.at("/rejectedByReason/out_of_range").asLong(), is(2L));
    assertThat(json.at("/rules/0/reason").asText(), is("out_of_range"));
    assertThat(json.at("/rules/0/field").asText(), is("delay"));
    assertThat(json.at("/rules/0/rule").asText(), is("maximum: 720"));
    assertThat(json.at("/rules/0/records").asLong(), is(2L));
    assertThat(json.at("/rules/0/examples/1/source").asText(), is(input.toString()));
    assertThat(json.at("/rules/0/examples/1/offset").asLong(), is(184L));
    assertThat(
        json.at("/rules/0/examples/1/message").asText(), is("Found 721, expected at most 720"));
    assertThat(json.at("/notChecked").size(), is(0));
  }

  @Test
  void readsTheFlightsOfAllDaysAndFindsTheImplausible() {
    assertThat(test("--input=" + TESTDATA + "/flights/*.gz", "--samples=0"), is(1));
    assertThat(out.toString(), startsWith("228,738 records read = 228,724 would be accepted"));
    assertThat(out.toString(), not(containsString("Found ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flights.csv.gz",
        "flights.csv.zst",
        "flights.json.bz2",
        "flights.json.xz",
        "flights.ndjson",
        "flights.ndjson.zst"
      })
  void saysTheSameOfEveryFormatAndCompression(String file) {
    assertThat(test("--input=" + TESTDATA.resolve("formats").resolve(file)), is(1));
    assertThat(out.toString(), containsString(" + 3 would be rejected\n"));
  }

  @Test
  void takesFormatAndDialectAsARunDoes() throws IOException {
    Files.writeString(
        input, "date;delay;distance;origin;destination\n2001-01-01T00:01:00;14;549;'SFO';SAN\n");
    assertThat(test("--input=" + input, "--format=csv", "--csvDelimiter=;", "--csvQuote='"), is(0));
  }

  @Test
  void listsWhatTheContractAsksForAndNoRunChecks() throws IOException {
    Path contract = folder.resolve("flights.odcs.yaml");
    Files.writeString(
        contract,
        Files.readString(FLIGHTS) + "slaProperties: [{property: retention, value: 1, unit: y}]\n");
    Files.writeString(input, GOOD);
    assertThat(run("contract", "test", contract.toString(), "--input=" + input), is(0));
    assertThat(out.toString(), containsString("\nNot checked:\n  %s:".formatted(contract)));
    assertThat(out.toString(), containsString("service level retention"));
  }

  @Test
  void countsWhatBreaksAConditionOverSeveralFields() throws IOException {
    Path contract = folder.resolve("flights.odcs.yaml");
    String rule = "    quality: [{type: sql, query: origin <> destination, mustBe: true}]\n";
    Files.writeString(
        contract,
        Files.readString(FLIGHTS)
            .replace("    customProperties:\n", rule + "    customProperties:\n"));
    Files.writeString(input, GOOD.replace("SAN", "SFO") + GOOD);
    assertThat(run("contract", "test", contract.toString(), "--input=" + input), is(1));
    assertThat(
        out.toString(),
        is(
            """
            2 records read = 1 would be accepted + 1 would be rejected

            Rejected, by reason:
                       1  broken_condition

            Rules broken (a record counts under each that it broke):
                       1  query: origin <> destination
                          INPUT @ 0: Invalid record: origin = "SFO", destination = "SFO" \
            (expected origin <> destination)
            """
                .replace("INPUT", input.toString())));
  }

  @Test
  void choosesTheSchemaByName() {
    assertThat(test("--input=" + input, "--schema=fligths"), is(2));
    assertThat(err.toString(), containsString("fligths"));
    assertThat(test("--input=" + input, "--schema=flights"), is(1));
  }

  @Test
  void failsWithTheInfrastructureWhereAFileCannotBeRead() throws IOException {
    byte[] gzip = Files.readAllBytes(TESTDATA.resolve("formats/flights.ndjson.gz"));
    Path half = folder.resolve("half.ndjson.gz");
    Files.write(half, Arrays.copyOf(gzip, gzip.length / 2));
    assertThat(test("--input=" + half), is(3));
    assertThat(
        err.toString(),
        is(
            "Cannot read %s: truncated gzip stream after %d bytes\n"
                .formatted(half, gzip.length / 2)));
    assertThat(out.toString(), is(emptyString()));
  }

  @Test
  void refusesWhatARunRefuses() {
    assertThat(test("--input=" + folder.resolve("*.gz")), is(2));
    assertThat(test("--input=" + input, "--format=xml"), is(2));
    assertThat(test("--input=" + input, "--csvDelimiter=tab"), is(2));
    assertThat(test("--input=" + input, "--csvDelimiter=;", "--csvQuote=;"), is(2));
    assertThat(test("--input=" + input, "--samples=-1"), is(2));
    assertThat(
        err.toString(),
        is(
            """
            Cannot find input: no file matches %s/*.gz
            Invalid --format: xml (expected ndjson, csv, json, avro or parquet)
            Invalid --csvDelimiter: tab (expected one character, or \\t)
            Invalid --csvDelimiter or --csvQuote: Invalid quote: ; (expected another character \
            than the delimiter)
            Invalid samples: -1 (expected 0 to 1000)
            """
                .formatted(folder)));
  }

  @Test
  void refusesToTestNothing() {
    assertThat(test(), is(2));
    assertThat(
        err.toString(),
        is("Missing required option: '--input=FILES'\nSee 'millrace contract test --help'\n"));
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int test(String... arguments) {
    List<String> all = new ArrayList<>(List.of("contract", "test", FLIGHTS.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
