package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing as users type it: staged, published, published elsewhere, rolled back. */
class PublishVerbsTest {
  private static final String FIRST = "dt=2001-01-01";
  private static final String SECOND = "dt=2001-01-02";

  @TempDir Path folder;

  private final Terminal terminal = new Terminal();
  private Path input;
  private Path output;

  @BeforeEach
  void publishARun() throws IOException {
    input = Files.write(folder.resolve("flights.ndjson"), Flights.lines());
    output = folder.resolve("out");
    assertThat(ingest("first"), is(0));
  }

  @Test
  void leavesARunStagedThatIsPublishedLaterAndRolledBack() throws Exception {
    Map<String, String> first = published();
    assertThat(ingestUpTo(60, "second", "--into=staging-only"), is(0));
    assertThat(terminal.out(), not(containsString("Published")));
    assertThat(terminal.out(), not(matchesPattern("(?s).*\\d published.*")));
    assertThat(terminal.lines(), hasItem(matchesPattern("  staged +\\d+")));
    assertThat(terminal.out(), containsString("Nothing is published: readers see what was there"));
    assertThat(
        terminal.out(),
        endsWith("To publish it: millrace publish second --output=%s\n".formatted(output)));
    assertThat(published(), equalTo(first));

    assertThat(publish("second"), is(0));
    assertThat(terminal.err(), is(emptyString()));
    assertThat(
        terminal.lines(),
        hasItem(
            matchesPattern(" *records/dt=2001-01-01 +\\d+ rows  of second  in place of first's")));
    assertThat(
        terminal.out(), endsWith("\nPublished second to %s: 2 partitions\n".formatted(output)));
    assertThat(manifestRun(FIRST), is("second"));
    assertThat(
        Files.readString(output.resolve("report.json")), containsString("\"runId\": \"second\""));

    assertThat(rollback(FIRST), is(0));
    assertThat(
        terminal.lines().get(0), is("Readers of %s in %s see now:".formatted(FIRST, output)));
    assertThat(rollback(SECOND), is(0));
    assertThat(published(), equalTo(first));

    assertThat(rollback(FIRST, "--to=second"), is(0));
    assertThat(manifestRun(FIRST), is("second"));
    assertThat(manifestRun(SECOND), is("first"));
  }

  @Test
  void saysWhatItWouldDoAndDoesNothing() throws Exception {
    assertThat(ingestUpTo(60, "second", "--into=staging-only"), is(0));
    Map<String, String> before = files(output);
    assertThat(publish("second", "--dry-run"), is(0));
    assertThat(
        terminal.out(), endsWith("\nWould publish second to %s: 2 partitions\n".formatted(output)));
    List<String> preview = terminal.lines();
    assertThat(files(output), equalTo(before));

    assertThat(publish("second"), is(0));
    assertThat(
        terminal.lines().subList(0, preview.size() - 1),
        equalTo(preview.subList(0, preview.size() - 1)));

    before = files(output);
    assertThat(rollback(FIRST, "--dry-run"), is(0));
    assertThat(
        terminal.lines(),
        contains(
            is("Readers of %s in %s would see:".formatted(FIRST, output)),
            matchesPattern(
                "  records/%s +\\d+ rows  of first  in place of second's".formatted(FIRST))));
    assertThat(files(output), equalTo(before));
  }

  @Test
  void saysTheSameInJson() throws Exception {
    assertThat(ingestUpTo(60, "second", "--into=staging-only", "--json"), is(0));
    JsonNode report = json();
    assertThat(report.path("state").asText(), is("staged"));
    assertThat(
        report.path("paths").path("records").asText(),
        is(output.resolve("_staging/second/records").toString()));

    assertThat(publish("second", "--json"), is(0));
    JsonNode result = json();
    assertThat(result.path("run").asText(), is("second"));
    assertThat(result.path("dryRun").asBoolean(), is(false));
    JsonNode partition = result.path("partitions").get(1);
    assertThat(partition.path("table").asText(), is("records"));
    assertThat(partition.path("partition").asText(), is(FIRST));
    assertThat(partition.path("rows").asLong(), is(rows(FIRST, 60)));
    assertThat(partition.path("replacedRun").asText(), is("first"));

    assertThat(rollback(FIRST, "--json"), is(0));
    result = json();
    assertThat(result.path("partition").asText(), is(FIRST));
    assertThat(result.path("partitions").get(0).path("run").asText(), is("first"));
    assertThat(result.path("partitions").get(0).path("takenAway").asBoolean(), is(false));
  }

  /** Such as the aggregates that an earlier run had and the present one has not. */
  @Test
  void saysWhatIsTakenAway() {
    assertThat(ingest("second", "--aggregate=count"), is(0));
    assertThat(ingest("third", "--into=staging-only"), is(0));
    assertThat(publish("third"), is(0));
    assertThat(
        terminal.lines(),
        hasItem(matchesPattern("  aggregates/dt=2001-01-01 +taken away  was second's")));
  }

  @Test
  void publishesARunToAnotherFolder() throws Exception {
    Map<String, String> first = published();
    Path other = folder.resolve("other");
    assertThat(ingestUpTo(60, "second", "--into=" + other), is(0));
    assertThat(terminal.out(), containsString("Published 2 partitions"));
    assertThat(terminal.out(), containsString("  records     %s/records".formatted(other)));
    assertThat(
        Files.readString(other.resolve("report.json")),
        containsString("\"records\": \"%s/records\"".formatted(other)));
    assertThat(published(), equalTo(first));
    assertThat(Files.exists(output.resolve("_staging/second")), is(false));

    assertThat(ingest("third", "--into=staging-only"), is(0));
    assertThat(publish("third", "--into=" + other), is(0));
    assertThat(terminal.out(), endsWith("Published third to %s: 2 partitions\n".formatted(other)));
    assertThat(files(other), hasKey("records/" + FIRST + "/_manifest.json"));
    assertThat(rollback(FIRST, "--output=" + other), is(0));
    assertThat(terminal.out(), containsString("of second  in place of third's"));
    assertThat(ingest("fourth", "--output=" + other), is(0));
  }

  @Test
  void leavesARunInStagingThatFailsItsAudit() throws IOException {
    assertThat(ingestUpTo(60, "second", "--into=staging-only", "--maxRejectedPercent=0"), is(1));
    assertThat(terminal.out(), containsString("Not published: 1 of "));
    assertThat(terminal.out(), not(containsString("To publish it")));
    assertThat(publish("second"), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot publish second: it has not passed an audit (see %s)\n"
                .formatted(output.resolve("_staging/second"))));
  }

  @Test
  void refusesFilesThatWereChangedSinceTheAudit() throws IOException {
    assertThat(ingestUpTo(60, "second", "--into=staging-only"), is(0));
    Path file = output.resolve("_staging/second/records/" + FIRST + "/part-00000.parquet");
    Files.write(file, new byte[] {1});
    assertThat(publish("second"), is(3));
    assertThat(
        terminal.err(),
        is(
            "Cannot publish second: since its audit, %s was changed (run it again)\n"
                .formatted(file)));
    assertThat(publish("second", "--dry-run"), is(3));
    assertThat(publish("second", "--into=" + folder.resolve("other")), is(3));
    assertThat(Files.exists(folder.resolve("other")), is(false));
  }

  @Test
  void refusesAnotherFileSystemBeforeItRuns() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 5000, 5000)) {
      disk.leavePages(5000);
      Path other = folder.resolve("disk/out");
      assertThat(ingest("second", "--into=" + other), is(2));
      assertThat(
          terminal.err(),
          is(
              "Invalid into: %s (expected a folder on the file system of %s)\n"
                  .formatted(other, output)));
      assertThat(ingest("second", "--into=staging-only"), is(0));
      assertThat(publish("second", "--into=" + other), is(3));
      assertThat(terminal.err(), containsString("are on different file systems"));
      assertThat(publish("second"), is(0));
    }
  }

  @Test
  void refusesToStageWhatGoesOn() {
    for (String into : List.of("staging-only", folder.resolve("other").toString())) {
      assertThat(ingest("second", "--streaming", "--into=" + into), is(2));
      assertThat(
          terminal.err(),
          is(
              "Invalid into: %s (expected for a run that ends: this one publishes while it goes on, unless it has --until-idle)\n"
                  .formatted(into)));
    }
    assertThat(
        ingest("second", "--streaming", "--until-idle=1s", "--no-wait", "--into=staging-only"),
        is(2));
    assertThat(
        terminal.err(), is("Invalid into: staging-only (expected for a run that is waited for)\n"));
    assertThat(Files.exists(output.resolve("_staging/second")), is(false));
  }

  @Test
  void stagesAnUnboundedRunThatEnds() {
    assertThat(
        ingest("second", "--streaming", "--until-idle=200ms", "--shards=1", "--into=staging-only"),
        is(0));
    assertThat(publish("second"), is(0));
  }

  @Test
  void refusesAFolderOfOthersBeforeItRuns() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "mine");
    assertThat(ingest("second", "--into=" + other), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)\n"
                .formatted(other)));
    assertThat(Files.exists(output.resolve("_staging/second")), is(false));
  }

  @Test
  void refusesARunThatIsNotThereAndSaysWhichAre() {
    assertThat(publish("secnd"), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot find run secnd: nothing of that name is staged in %s (there are: none)\n"
                .formatted(output)));
    assertThat(ingest("second", "--into=staging-only"), is(0));
    assertThat(publish("secnd"), is(2));
    assertThat(terminal.err(), endsWith("(there are: second)\n"));
    assertThat(terminal.type("publish", "--output=" + output), is(2));
    assertThat(terminal.err(), is("Missing required value: RUN (the id of a staged run)\n"));
  }

  @Test
  void refusesAPartitionThatIsNotThere() {
    assertThat(rollback("dt=2001-01-09"), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot find partition dt=2001-01-09 in %s (there are 2, from %s to %s)\n"
                .formatted(output, FIRST, SECOND)));
    assertThat(rollback(FIRST), is(2));
    assertThat(
        terminal.err(),
        is("Cannot roll back %s: no earlier version is kept (there are none)\n".formatted(FIRST)));
    assertThat(rollback(FIRST, "--to=second"), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot roll back %s: no version of run second is kept (there are none)\n"
                .formatted(FIRST)));
    assertThat(terminal.type("rollback", "--output=" + output), is(2));
    assertThat(terminal.err(), startsWith("Missing required parameter: 'PARTITION'\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish x", "rollback x", "publish diff x"})
  void refusesAnOutputThatIsNone(String verb) throws IOException {
    assertThat(terminal.type(verb.split(" ")), is(2));
    assertThat(
        terminal.err(),
        is("Missing required value: output (--output=DIR, the output folder of the run)\n"));
    assertThat(terminal.type((verb + " --output=" + folder.resolve("none")).split(" ")), is(2));
    assertThat(
        terminal.err(),
        is(
            "Invalid output: %s (expected the output folder of a run, and there is no folder)\n"
                .formatted(folder.resolve("none"))));
    assertThat(terminal.type((verb + " --output=" + folder).split(" ")), is(2));
    assertThat(
        terminal.err(),
        is(
            "Invalid output: %s (expected the output folder of a run, and Millrace has not made it)\n"
                .formatted(folder)));
    assertThat(Files.exists(folder.resolve("_staging")), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish", "rollback", "publish diff"})
  void helpsWithEachVerb(String verb) {
    assertThat(terminal.type((verb + " --help").split(" ")), is(0));
    assertThat(terminal.out(), startsWith("Usage: millrace " + verb));
    assertThat(terminal.out(), containsString("Exit codes: 0 "));
  }

  private int ingest(String run, String... options) {
    List<String> command = new ArrayList<>(List.of("run", "ingest", "--input=" + input));
    command.add("--runId=" + run);
    List<String> more = List.of(options);
    if (more.stream().noneMatch(option -> option.startsWith("--contract="))) {
      command.add("--contract=" + Flights.CONTRACT);
    }
    if (more.stream().noneMatch(option -> option.startsWith("--output="))) {
      command.add("--output=" + output);
    }
    command.addAll(more);
    return terminal.type(command.toArray(String[]::new));
  }

  private int ingestUpTo(int delay, String run, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--contract=" + Flights.contractUpTo(delay, folder));
    return ingest(run, all.toArray(String[]::new));
  }

  private int publish(String run, String... options) {
    return onOutput("publish", run, options);
  }

  private int rollback(String partition, String... options) {
    return onOutput("rollback", partition, options);
  }

  private int onOutput(String verb, String argument, String... options) {
    List<String> command = new ArrayList<>(List.of(verb, argument));
    command.addAll(List.of(options));
    if (command.stream().noneMatch(option -> option.startsWith("--output="))) {
      command.add("--output=" + output);
    }
    return terminal.type(command.toArray(String[]::new));
  }

  private static long rows(String partition, int delay) throws IOException {
    return Flights.lines().stream()
        .filter(line -> line.contains(partition.replace("dt=", "")))
        .filter(line -> Flights.delay(line) <= delay)
        .count();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(terminal.out());
  }

  private String manifestRun(String partition) throws IOException {
    return new ObjectMapper()
        .readTree(output.resolve("records/" + partition + "/_manifest.json").toFile())
        .path("run")
        .asText();
  }

  /** What readers of the table see, each file with its checksum. */
  private Map<String, String> published() throws Exception {
    return files(output.resolve("records"));
  }

  private static Map<String, String> files(Path folder)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        files.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
      }
    }
    return files;
  }
}
