package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("reads what the process writes to its error stream")
class LauncherTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:03:01.5Z");

  @TempDir Path folder;
  private Path output;
  private final Launcher launcher = Launcher.create(Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void leavesTheOutputOfARunInItsStagingFolder() throws IOException {
    StagedRun run = run("--greeting=hi", "--runId=first");
    assertThat(run.pipeline(), is("greet"));
    assertThat(run.pipelineVersion(), is("7"));
    assertThat(run.runner(), is("DirectRunner"));
    assertThat(run.startedAt(), is(NOW));
    assertThat(run.elapsed(), is(Duration.ZERO));
    assertThat(run.output(), is(output));
    assertThat(run.staging(), is(output.resolve("_staging/first")));
    assertThat(run.quarantine(), is(output.resolve("quarantine")));
    assertThat(Files.readString(run.staging().resolve("hi")), is("hi"));
    assertThat(run.options(), hasEntry("greeting", "hi"));
    assertThat(run.options(), hasEntry("targetParallelism", "2"));
  }

  @Test
  void logsWhenARunIsBuiltAndHasEnded() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      run("--greeting=hi", "--runId=first");
    } finally {
      System.setErr(before);
    }
    assertThat(
        log.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(Launcher.class.getName()))
            .map(line -> line.replaceFirst(".* - ", ""))
            .toList(),
        contains("Building first: greet on DirectRunner", "Built first", "Ended first: DONE"));
  }

  @Test
  void namesARunAfterPipelineTimeAndOptions() {
    String first = run("--greeting=hi").runId();
    assertThat(first, matchesPattern("greet-20261122T140301Z-[0-9a-f]{6}"));
    assertThat(run("--greeting=hi").runId(), is(first));
    assertThat(run("--greeting=ho").runId(), not(first));
  }

  @Test
  void replacesTheStagingFolderOfARunOfTheSameName() {
    run("--greeting=hi", "--runId=same");
    StagedRun again = run("--greeting=ho", "--runId=same");
    assertThat(Files.exists(again.staging().resolve("hi")), is(false));
    assertThat(Files.exists(again.staging().resolve("ho")), is(true));
  }

  @Test
  void refusesTheNameOfARunThatHasPublishedCommits() throws IOException {
    StagedRun run = run("--greeting=hi", "--runId=same");
    Files.createDirectories(run.commits());
    assertThat(
        refusal("--greeting=ho", "--runId=same"),
        is(
            "Invalid runId: same (expected a new one, since there are commits in %s; or --fromSavepoint, to go on with that run)"
                .formatted(output.resolve("_runs/same"))));
    assertThat("its staging folder is left alone", Files.exists(run.staging().resolve("hi")));
  }

  @Test
  void saysWhichRunsPublishWhileTheyGoOn() {
    StagedRun run = run("--greeting=hi");
    assertThat(run.goesOn(), is(false));
    assertThat(run("--greeting=hi", "--streaming").goesOn(), is(true));
  }

  @Test
  void hasNoClustersUnlessAnEngineSaysSo() {
    Engine engine = new TestEngines.Other();
    assertThat(engine.clusterAt("localhost:1"), is(Optional.empty()));
    assertThat(engine.clusterOf(PipelineOptionsFactory.create()), is(Optional.empty()));
    assertThat(
        assertThrows(
                UnsupportedOperationException.class,
                () -> engine.detach(PipelineOptionsFactory.create()))
            .getMessage(),
        is("Cannot detach: OtherRunner has no clusters"));
    assertThat(
        assertThrows(
                UnsupportedOperationException.class,
                () -> engine.resume(PipelineOptionsFactory.create(), "/points/1"))
            .getMessage(),
        is("Cannot resume: OtherRunner has no clusters"));
  }

  @Test
  void promisesNoStableInputUnlessAnEngineDoes() {
    Engine engine = new TestEngines.Other();
    assertThat(engine.keepsInputStable(PipelineOptionsFactory.create()), is(false));
    assertThat(
        refusal("--greeting=once", "--times=2"),
        is("Invalid greeting: once (expected where input is stable)"));
    assertThat(run("--greeting=once").options(), hasEntry("greeting", "once"));
  }

  @Test
  void sendsTheQuarantineWhereItIsTold() {
    StagedRun run = run("--greeting=hi", "--quarantine=" + folder.resolve("q"));
    assertThat(run.quarantine(), is(folder.resolve("q")));
  }

  @Test
  void refusesAQuarantineThatHoldsOtherFiles() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "");
    assertThat(
        refusal("--greeting=hi", "--quarantine=" + folder),
        startsWith("Cannot write to %s: it exists and was not made by Millrace".formatted(folder)));
  }

  @Test
  void putsTheIntervalIntoPathsButNotIntoTheInput() {
    StagedRun run =
        run(
            "--greeting=from {from} to {to}",
            "--input={from}/{date}.gz",
            "--from=2001-01-01",
            "--to=2001-01-15");
    assertThat(run.options(), hasEntry("greeting", "from 2001-01-01 to 2001-01-15"));
    assertThat(run.options(), hasEntry("input", "{from}/{date}.gz"));
    assertThat(run.options(), hasEntry("window", "1h"));
  }

  @Test
  void refusesAPathWithABoundThatIsNotGiven() {
    assertThat(
        refusal("--greeting=since {from}"),
        is("Missing required value: from (for greeting: since {from})"));
  }

  @Test
  void refusesAnUnknownRunner() {
    assertThat(
        refusal("--greeting=hi", "--runner=SparkRunner"),
        is("Invalid runner: SparkRunner (expected one of DirectRunner, OtherRunner)"));
  }

  @Test
  void refusesAnOptionThatOnlyTheOtherRunnersPartOfTheJobHas() {
    JobSpec job =
        JobSpec.of("greet")
            .withOptionsFor("OtherRunner", Map.of("tims", new Setting("2", "j.yaml:9")))
            .withArguments(List.of("--greeting=hi", "--output=" + output));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> launcher.run(new WriteGreetings(), job))
            .getMessage(),
        is("j.yaml:9: Invalid option: tims (did you mean times?)"));
  }

  @Test
  void refusesToBeToldTheStagingFolder() {
    assertThat(
        refusal("--greeting=hi", "--staging=/x"),
        is("Invalid option: staging (it is made in the output)"));
  }

  @Test
  void refusesARunIdThatCannotNameAFolder() {
    assertThat(
        refusal("--greeting=hi", "--runId=../x"),
        is("Invalid runId: ../x (expected letters, digits, dots, dashes and underscores)"));
  }

  @Test
  void refusesAnOutputThatIsNotLocal() {
    JobSpec job =
        JobSpec.of("greet").withArguments(List.of("--greeting=hi", "--output=s3://bucket/a"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> launcher.run(new WriteGreetings(), job))
            .getMessage(),
        is("Invalid output: s3://bucket/a (expected a local folder)"));
  }

  @Test
  void refusesARunWithoutOutput() {
    JobSpec job = JobSpec.of("greet").withArguments(List.of("--greeting=hi"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> launcher.run(new WriteGreetings(), job))
            .getMessage(),
        is("Missing required value: output"));
  }

  @Test
  void refusesWhatThePipelineRefusesAndLeavesNoTrace() {
    assertThat(refusal("--greeting=refuse"), is("Invalid greeting: refuse (expected a kind word)"));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void failsWhereThePipelineCannotBeBuiltAndLeavesNoTrace() {
    assertThat(
        failure("--greeting=stumble").getMessage(),
        is("Cannot build greet: IllegalStateException: no coder"));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void failsWithTheCauseAndKeepsNothingButTheErrorLog() throws IOException {
    RunFailedException failure = failure("--greeting=break", "--runId=broken");
    assertThat(failure.getMessage(), is("Cannot read greetings.gz: truncated after 7 bytes"));
    Path staging = output.resolve("_staging/broken");
    assertThat(staging.toFile().list(), arrayContaining("error.log"));
    String log = Files.readString(staging.resolve("error.log"));
    assertThat(log, startsWith("broken\n"));
    assertThat(log, containsString("WriteGreetings$Write.write"));
    assertThat(failure.log().orElseThrow(), is(staging.resolve("error.log")));
  }

  @Test
  void givesTheEngineAFolderAndDeletesItAtTheEnd() throws IOException {
    List<Path> before = scratchFolders();
    run("--greeting=hi");
    failure("--greeting=break");
    assertThat(scratchFolders(), is(before));
  }

  @Test
  void tellsThatARunIsGoingOn() {
    AtomicInteger ticks = new AtomicInteger();
    launcher
        .withProgress(elapsed -> ticks.incrementAndGet())
        .run(new WriteGreetings(), job("--greeting=hi"));
    assertThat(ticks.get() > 0, is(true));
  }

  private static List<Path> scratchFolders() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> list = Files.list(temporary)) {
      return list.filter(path -> Files.exists(path.resolve("conf"))).sorted().toList();
    }
  }

  private StagedRun run(String... arguments) {
    return launcher.run(new WriteGreetings(), job(arguments));
  }

  private String refusal(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> run(arguments)).getMessage();
  }

  private RunFailedException failure(String... arguments) {
    return assertThrows(RunFailedException.class, () -> run(arguments));
  }

  private JobSpec job(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--output=" + output);
    return JobSpec.of("greet").withArguments(all);
  }
}
