package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The third law: bounded and unbounded, on every runner, in any order of arrival within the allowed
 * lateness, the same records give one answer.
 */
@Order(1)
class ParityTest {
  private static final Path TESTDATA = Path.of("../../testdata").toAbsolutePath().normalize();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void holdsForEarthquakes() {
    int exitCode = verify(TESTDATA.resolve("earthquakes/earthquakes.job.yaml").toString());
    assertThat(out + "" + err, exitCode, is(ExitCodes.DONE));
    assertThat(out.toString(), containsString("bounded\n"));
    assertThat(out.toString(), endsWith("One answer: 6 runs publish the same\n"));
  }

  /** And what rules count of them is compared; the reference doesn't change meanwhile. */
  @Test
  void holdsForAMorningOfFlawedAndCopiedFlightsByRulesAndAReferenceThatIsReadAgain()
      throws IOException {
    Path input = folder.resolve("flights.ndjson");
    List<String> lines = morning();
    Files.write(input, lines);
    Files.write(
        input,
        List.of(
            lines.get(7),
            lines.get(700),
            "{",
            lines.get(9).replace("\"delay\":", "\"delay\":9999")),
        StandardOpenOption.APPEND);
    int exitCode =
        verify(
            TESTDATA.resolve("flights/flights.job.yaml").toString(),
            "--input=" + input,
            "--contract=" + contractWithRules(),
            "--refer=origin:" + airportsWithoutChicago() + "#iata",
            "--refer-refresh=20ms",
            "--json");
    assertThat(out + "" + err, exitCode, is(ExitCodes.DONE));
    assertThat(out.toString(), containsString("\"holds\" : true"));
    assertThat(out.toString(), containsString("\"differences\" : [ ]"));
  }

  private Path contractWithRules() throws IOException {
    String rule =
        "        quality: [{metric: invalidValues, arguments: {validValues: [SFO]}, %s}]\n";
    String flights = Files.readString(TESTDATA.resolve("flights/flights.odcs.yaml"));
    return Files.writeString(
        folder.resolve("rules.odcs.yaml"),
        flights
            .replace(
                "- name: origin\n",
                "- name: origin\n" + rule.formatted("severity: warning, mustBe: 7"))
            .replace(
                "- name: destination\n",
                "- name: destination\n" + rule.formatted("mustBeLessThan: 100, unit: percent")));
  }

  private Path airportsWithoutChicago() throws IOException {
    try (Stream<String> airports = Files.lines(TESTDATA.resolve("flights/airports.csv"))) {
      return Files.write(
          folder.resolve("airports.csv"),
          airports.filter(line -> !line.startsWith("ORD,")).toList());
    }
  }

  private static List<String> morning() throws IOException {
    Path day = TESTDATA.resolve("flights/2001-01-02.ndjson.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(day)), StandardCharsets.UTF_8))) {
      return lines.lines().limit(1_500).toList();
    }
  }

  /** Which of two records in conflict comes first is for their order to decide, unbounded. */
  @Test
  void saysWhatDiffersWhereTheOrderOfArrivalDecides() throws IOException {
    Path contract = folder.resolve("contract.odcs.yaml");
    String byKey =
        Files.readString(TESTDATA.resolve("ingest/duplicates-by-key/contract.odcs.yaml"));
    Files.writeString(
        contract,
        byKey.stripTrailing() + "\n      - {property: millrace.allowedLateness, value: 5h}\n");
    Path input = folder.resolve("conflicts.ndjson");
    Files.write(input, conflicts());
    int exitCode =
        verify("ingest", "--input=" + input, "--contract=" + contract, "--output=" + folder);
    assertThat(out + "" + err, exitCode, is(ExitCodes.CHECKS_FAILED));
    String text = out.toString();
    assertThat(text, containsString("Not one answer; the first differences:\n"));
    assertThat(
        text,
        containsString(
            "  records: DirectRunner, {targetParallelism=3}, unbounded, order 1 lacks dt=2001-01-01 "));
    assertThat(
        text,
        not(containsString("records: FlinkRunner, {maxBundleSize=7, parallelism=2}, bounded")));
  }

  private static List<String> conflicts() {
    return IntStream.range(0, 40)
        .mapToObj(
            i ->
                "{\"at\":\"2001-01-01T1%d:00:00Z\",\"region\":\"eu\",\"id\":%d,\"state\":\"%s\"}"
                    .formatted(i % 2, i / 2, i % 2 == 0 ? "open" : "shut"))
        .toList();
  }

  @Test
  void refusesAPipelineThatDoesNotRunUnbounded() {
    int exitCode = verify(TESTDATA.resolve("delays/delays.job.yaml").toString());
    assertThat(exitCode, is(ExitCodes.USAGE));
    assertThat(
        err.toString(),
        containsString("Cannot shuffle the input of delays: it does not run unbounded"));
  }

  private int verify(String... arguments) {
    CommandLine millrace = Millrace.command();
    millrace.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 2];
    all[0] = "verify";
    all[1] = "parity";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return millrace.execute(all);
  }
}
