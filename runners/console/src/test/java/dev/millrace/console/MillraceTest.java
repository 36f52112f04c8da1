package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MillraceTest {
  private static final Path CONTRACT =
      Path.of("../../testdata/flights/flights.odcs.yaml").toAbsolutePath().normalize();

  private static final String TWO_FLIGHTS =
      """
      {"date":"2001-01-01T00:01:00","delay":14,"distance":549,"origin":"SFO","destination":"SAN"}
      {"date":"2001-01-02T00:01:00","delay":0,"distance":2446,"origin":"LAX","destination":"PHL"}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(folder.resolve("flights.ndjson"), TWO_FLIGHTS);
  }

  @Test
  void publishesARunThatBalancesAndSaysSo() {
    assertThat(ingest(), is(0));
    assertThat(out.toString(), containsString("Balanced: 2 read = 2 published"));
    assertThat(err.toString(), is(emptyString()));
    assertThat(Files.exists(folder.resolve("out/records/dt=2001-01-02/_SUCCESS")), is(true));
  }

  @Test
  void printsNothingButTheReportAsJsonIfAsked() throws IOException {
    assertThat(ingest("--json"), is(0));
    assertThat(out.toString(), is(Files.readString(folder.resolve("out/report.json"))));
  }

  @Test
  void failsTheChecksOfARunWithMoreRejectsThanItsBudget() throws IOException {
    Files.writeString(input, TWO_FLIGHTS + "not a flight\n");
    assertThat(ingest("--maxRejectedPercent=10"), is(1));
    assertThat(out.toString(), containsString("Not published: 1 of "));
    assertThat(Files.exists(folder.resolve("out/records")), is(false));
  }

  @Test
  void publishesWithAWarningAndFailsWhereTheRuleIsAnError() throws IOException {
    Path contract = folder.resolve("rules.odcs.yaml");
    String rule = "quality: [{metric: invalidValues, mustBeLessThan: 50, unit: percent, %s}]";
    String warns = rule.formatted("arguments: {validValues: [SFO]}, severity: warning");
    String origin = "- name: origin\n";
    String flights = Files.readString(CONTRACT);
    Files.writeString(contract, flights.replace(origin, origin + " ".repeat(8) + warns + "\n"));
    assertThat(ingest("--contract=" + contract), is(0));
    assertThat(
        out.toString(),
        containsString(
            "Warning: origin: invalidValues, validValues: SFO counts 1 of 2 records (50.0 %),"
                + " mustBeLessThan: 50 percent"));

    String fails = warns.replace("warning", "error");
    Files.writeString(contract, flights.replace(origin, origin + " ".repeat(8) + fails + "\n"));
    assertThat(ingest("--contract=" + contract, "--output=" + folder.resolve("none")), is(1));
    assertThat(
        out.toString(),
        containsString(
            "Cannot publish: origin: invalidValues, validValues: SFO counts 1 of 2 records"));
    assertThat(Files.exists(folder.resolve("none/records")), is(false));
  }

  @Test
  void runsAJobFileAndLetsTheCommandLineWin() throws IOException {
    Path job = folder.resolve("flights.job.yaml");
    Files.writeString(
        job,
        """
        pipeline: ingest
        options:
          input: absent.ndjson
          contract: %s
          output: from-file
        """
            .formatted(CONTRACT));
    assertThat(millrace("run", job.toString(), "--input=" + input), is(0));
    assertThat(Files.exists(folder.resolve("from-file/report.json")), is(true));
  }

  @Test
  void waitsForItsInputAndSaysWhatHasNotCome() {
    Path marker = folder.resolve("up/dt=2001-01-01/_SUCCESS");
    String[] waiting = {
      "--from=2001-01-01",
      "--to=2001-01-02",
      "--wait-for=" + folder.resolve("up/dt={date}/_SUCCESS"),
      "--wait-timeout=0s"
    };
    assertThat(ingest(waiting), is(1));
    assertThat(
        out.toString(), startsWith("Not run: Cannot find %s: not there after ".formatted(marker)));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  @Test
  void saysThatItsOutputIsStaleUntilTheInputHasCome() throws IOException {
    Path upstream = folder.resolve("upstream");
    String[] waiting = {"--wait-for=" + upstream, "--wait-timeout=0s", "--on-missing=stale"};
    assertThat(ingest(waiting), is(0));
    assertThat(
        out.toString(),
        startsWith(
            "Not published, the output is stale: Cannot find %s: not there after "
                .formatted(upstream)));
    assertThat(Files.exists(folder.resolve("out/_STALE")), is(true));

    Files.createFile(upstream);
    assertThat(ingest(waiting), is(0));
    assertThat(Files.exists(folder.resolve("out/records/dt=2001-01-02/_SUCCESS")), is(true));
    assertThat(Files.exists(folder.resolve("out/_STALE")), is(false));
  }

  @Test
  void refusesToWaitForADateThatItDoesNotHave() {
    assertThat(ingest("--wait-for=in/{date}.gz"), is(2));
    assertThat(
        err.toString(),
        is("Missing required value: from and to (--wait-for=in/{date}.gz names a date)\n"));
  }

  @Test
  void failsWithTheInfrastructureInOneLineAndPointsAtTheLog() throws IOException {
    Path truncated = truncatedGzip();
    assertThat(ingest("--input=" + truncated, "--runId=half"), is(3));
    assertThat(err.toString(), startsWith("Cannot read %s: ".formatted(truncated)));
    assertThat(
        err.toString().lines().skip(1).toList(),
        contains("The failure in full: %s/out/_staging/half/error.log".formatted(folder)));
    assertThat(out.toString(), is(emptyString()));
    assertThat(Files.exists(folder.resolve("out/records")), is(false));
  }

  @Test
  void printsStackTracesOnlyToDebug() throws IOException {
    ingest("--input=" + truncatedGzip(), "--debug");
    assertThat(err.toString(), containsString("\tat dev.millrace.io."));
  }

  @Test
  void failsWhereTheOutputCannotBeWritten() {
    Path output = input.resolve("out");
    assertThat(ingest("--output=" + output), is(3));
    assertThat(err.toString(), startsWith("Cannot write to %s: ".formatted(output)));
  }

  @Test
  void refusesAnOutputThatIsNotOurs() {
    assertThat(ingest("--output=" + folder), is(2));
    assertThat(
        err.toString(),
        is(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)\n"
                .formatted(folder)));
  }

  @Test
  void refusesAnInputThatIsNotThere() {
    assertThat(ingest("--input=" + folder.resolve("*.gz")), is(2));
    assertThat(
        err.toString(), is("Cannot find input: no file matches %s/*.gz\n".formatted(folder)));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  @Test
  void refusesAContractThatIsNotThere() {
    Path contract = folder.resolve("absent.odcs.yaml");
    assertThat(ingest("--contract=" + contract), is(2));
    assertThat(err.toString(), is("Cannot read contract %s: no such file\n".formatted(contract)));
  }

  @Test
  void refusesAContractOfAnUnknownTypeWithItsLine() throws IOException {
    Path contract = folder.resolve("broken.odcs.yaml");
    Files.writeString(
        contract,
        Files.readString(CONTRACT).replace("logicalType: integer", "logicalType: intger"));
    assertThat(ingest("--contract=" + contract), is(2));
    assertThat(err.toString(), matchesPattern("(?s)%s:\\d+: .*intger.*".formatted(contract)));
  }

  @Test
  void refusesAFieldThatTheContractLacks() {
    assertThat(ingest("--groupBy=orgin", "--aggregate=count"), is(2));
    assertThat(err.toString(), containsString("orgin"));
  }

  @Test
  void refusesAnUnknownPipeline() {
    assertThat(millrace("run", "igest"), is(2));
    assertThat(err.toString(), startsWith("Cannot find pipeline igest: "));
  }

  @Test
  void refusesAJobFileThatIsNotThere() {
    assertThat(millrace("run", "no/such.job.yaml"), is(2));
    assertThat(err.toString(), is("Cannot read job no/such.job.yaml: it does not exist\n"));
  }

  @Test
  void refusesAnUnknownOptionAndSuggestsTheNearest() {
    assertThat(ingest("--widnow=1h"), is(2));
    assertThat(err.toString(), is("Invalid option: widnow (did you mean window?)\n"));
  }

  @Test
  void refusesAnOptionThatIsWrittenWithASpace() {
    assertThat(ingest("--window", "1h"), is(2));
    assertThat(err.toString(), is("Invalid argument: 1h (expected --name=value)\n"));
  }

  @Test
  void refusesAnUnknownRunnerAndListsThoseThereAre() {
    assertThat(ingest("--runner=Spark"), is(2));
    assertThat(
        err.toString(), is("Invalid runner: Spark (expected one of DirectRunner, FlinkRunner)\n"));
  }

  @Test
  void refusesToRunWithoutAJob() {
    assertThat(millrace("run"), is(2));
    assertThat(
        err.toString(),
        is("Missing required parameter: 'JOB.yaml|PIPELINE'\nSee 'millrace run --help'\n"));
  }

  @Test
  void refusesADemoAwayFromTheSource() {
    assertThat(millrace("demo"), is(2));
    assertThat(err.toString(), startsWith("Cannot find the demo: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "demo", "pipelines", "contract", "dev", "jobs", "status", "catchup"})
  void helpsWithEachVerb(String verb) {
    assertThat(millrace(verb, "--help"), is(0));
    assertThat(out.toString(), startsWith("Usage: millrace " + verb));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run", "demo", "pipelines", "contract", "dev", "jobs"})
  void tellsItsVersion(String verb) {
    String[] arguments = verb.isEmpty() ? new String[] {"--version"} : new String[] {verb, "-V"};
    assertThat(millrace(arguments), is(0));
    assertThat(out.toString(), matchesPattern("millrace \\d\\S* \\(Java \\S+\\)\n"));
  }

  @Test
  void helpsWhoGivesNoVerb() {
    assertThat(millrace(), is(2));
    assertThat(err.toString(), containsString("Usage: millrace [-hV] VERB"));
  }

  @Test
  void listsThePipelines() {
    assertThat(millrace("pipelines"), is(0));
    assertThat(out.toString(), startsWith("delays 1 "));
    assertThat(out.toString(), containsString("\ningest 1 "));
    assertThat(out.toString(), containsString("\nsessions 1 "));
  }

  @Test
  void listsTheOptionsOfAPipelineButNotTheOneThatTheLauncherSets() {
    assertThat(millrace("pipelines", "ingest"), is(0));
    assertThat(out.toString(), containsString("--contract"));
    assertThat(out.toString(), containsString("Required."));
    assertThat(out.toString(), containsString("Default: 1h."));
    assertThat(out.toString(), not(containsString("--staging")));
  }

  @Test
  void refusesToListTheJobsOfNoCluster() {
    assertThat(millrace("jobs", "list", "--state=" + folder.resolve("none")), is(2));
    assertThat(
        err.toString(),
        is("Missing required value: flinkMaster (there is no stack of millrace dev here)\n"));
  }

  @Test
  void refusesToTourWithAStackThatItWouldDelete() {
    assertThat(millrace("dev", "tour", "--state=" + folder), is(2));
    assertThat(
        err.toString(),
        is(
            "Cannot tour with the stack in %1$s: it exists (millrace dev down --wipe --state=%1$s deletes it)\n"
                .formatted(folder)));
    assertThat(Files.exists(folder), is(true));
  }

  @Test
  void refusesToCreateATopicWhereNoStackIs() {
    assertThat(millrace("dev", "topic", "flights", "--state=" + folder.resolve("none")), is(2));
    assertThat(
        err.toString(),
        is(
            "Cannot find the stack's broker: there is no stack here (millrace dev up starts one)\n"));
  }

  @Test
  void saysThatItCannotReachACluster() {
    assertThat(millrace("jobs", "stop", "any", "--flinkMaster=127.0.0.1:1"), is(3));
    assertThat(err.toString(), startsWith("Cannot reach Flink at 127.0.0.1:1: "));
  }

  @Test
  void refusesToLeaveARunToItselfThatEndsHere() {
    assertThat(ingest("--no-wait"), is(2));
    assertThat(
        err.toString(),
        is(
            "Cannot leave ingest to itself: only an unbounded run on a cluster goes on without this process\n"));
  }

  @Test
  void refusesASavepointForARunThatKeepsNone() {
    assertThat(ingest("--from-savepoint=/points/1", "--streaming", "--until-idle=1s"), is(2));
    assertThat(
        err.toString(),
        is("Invalid fromSavepoint: /points/1 (expected for an unbounded run on a cluster)\n"));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  private Path truncatedGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(TWO_FLIGHTS.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(
        folder.resolve("half.ndjson.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
  }

  /** Runs ingest on the two flights; arguments replace its options or come on top of them. */
  private int ingest(String... arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--input", "--input=" + input);
    options.put("--contract", "--contract=" + CONTRACT);
    options.put("--output", "--output=" + folder.resolve("out"));
    for (String argument : arguments) {
      options.put(argument.replaceFirst("=.*", ""), argument);
    }
    List<String> all = new ArrayList<>(List.of("run", "ingest"));
    all.addAll(options.values());
    return millrace(all.toArray(String[]::new));
  }

  private int millrace(String... arguments) {
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
