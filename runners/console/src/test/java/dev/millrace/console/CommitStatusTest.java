package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} of a run that published by commits until its process was killed. */
class CommitStatusTest {
  private static final Path CONTRACT = Days.FLIGHTS.resolve("flights.odcs.yaml");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FLIGHTS_A_DAY = 48;

  @TempDir static Path folder;
  private static Path output;

  @BeforeAll
  static void runUntilTwoDaysArePublished() throws Exception {
    output = folder.resolve("out");
    Path input = Files.createDirectory(folder.resolve("in"));
    for (int day = 1; day <= 3; day++) {
      Path file = Files.writeString(input.resolve(day + ".ndjson"), flights(day));
      Files.setLastModifiedTime(file, FileTime.fromMillis(100_000L * day));
    }
    Process run =
        start(
            "run",
            "ingest",
            "--streaming",
            "--runId=live",
            "--shards=1",
            "--filesPerPoll=1",
            "--pollInterval=20ms",
            "--input=" + input + "/*.ndjson",
            "--contract=" + CONTRACT,
            "--output=" + output);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isWrittenDown("/dt=2001-01-02/")) {
        assertThat(Files.readString(folder.resolve("err.log")), run.isAlive(), is(true));
        assertThat("it gets on", System.nanoTime() < deadline);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } finally {
      run.destroyForcibly().waitFor();
    }
  }

  /**
   * Whether a commit names the partition; that is written when the partition has been published.
   */
  private static boolean isWrittenDown(String place) throws IOException {
    if (!Files.exists(output.resolve("_runs/live"))) {
      return false;
    }
    for (Path commit : commits()) {
      if (Files.readString(commit).contains(place)) {
        return true;
      }
    }
    return false;
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Millrace.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.log").toFile())
        .redirectError(folder.resolve("err.log").toFile())
        .start();
  }

  /** In the order of time, one of them twice, and one that is none. */
  private static String flights(int day) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FLIGHTS_A_DAY; i++) {
      lines.append(flight(day, i));
    }
    return lines.append("{\n").append(flight(day, FLIGHTS_A_DAY - 1)).toString();
  }

  private static String flight(int day, int halfHour) {
    return String.format(
        Locale.ROOT,
        """
        {"date":"2001-01-%02dT%02d:%02d:00Z","delay":1,"distance":549,"origin":"SFO","destination":"SAN"}
        """,
        day,
        halfHour / 2,
        halfHour % 2 * 30);
  }

  @Test
  void addsUpWhatTheCommitsCount() throws IOException {
    JsonNode run = status(0, "live", "--output=" + output).path("runs").path(0);

    assertThat(run.path("run").asText(), is("live"));
    List<Path> commits = commits();
    assertThat(run.path("commits").asInt(), is(commits.size()));
    Path last = commits.get(commits.size() - 1);
    assertThat(last.getFileName().toString(), is(run.path("lastCommit").asText() + ".ndjson"));
    assertThat(
        run.path("publishedAt").asText(),
        is(Files.getLastModifiedTime(last).toInstant().toString()));
    JsonNode records = run.path("records");
    long published = records.path("published").asLong();
    assertThat(published - run.path("waiting").asLong(), is(2L * FLIGHTS_A_DAY));
    assertThat(run.path("waiting").asLong(), greaterThan(0L));
    assertThat(records.path("duplicate").asLong(), greaterThan(1L));
    assertThat(run.path("rejected").path("malformed"), is(records.path("rejected")));
    assertThat(
        records.path("read").asLong(),
        is(published + records.path("rejected").asLong() + records.path("duplicate").asLong()));
    assertThat(run.path("balanced").asBoolean(), is(true));
  }

  @Test
  void saysItToPeople() {
    Answer answer = Answer.of("status", "live", "--output=" + output);

    assertThat(answer.err(), answer.code(), is(0));
    assertThat(
        answer.out(),
        matchesPattern(
            """
            live  \\d+ commits
              records       \\d+ read: \\d+ published, \\d rejected \\(\\d malformed\\), \\d duplicate, 0 late, 0 filtered
              waiting       \\d+ of them until their partitions are complete
              balance       all that was read is accounted for
              last commit   200101\\d\\dT\\d\\d0000Z, published \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ
            """));
  }

  @Test
  void isPartOfTheStatusOfAJob() throws IOException {
    String[] job = {"ingest", "--output=" + output, "--contract=" + CONTRACT, "--input=none"};
    JsonNode status = status(0, job);
    assertThat(status.at("/counts/published").asInt(), is(2));
    assertThat(status.at("/runs/0/run").asText(), is("live"));

    Answer answer =
        Answer.of(Stream.concat(Stream.of("status"), Stream.of(job)).toArray(String[]::new));
    assertThat(answer.out(), containsString("\ndt=2001-01-02  published"));
    assertThat(answer.out(), containsString("\nlive  "));
  }

  @Test
  void namesTheCommitThatDoesNotAddUp() throws IOException {
    Path first = commits().get(0);
    String before = Files.readString(first);
    String one =
        "{\"tally\":{\"disposition\":\"read\",\"detail\":\"\",\"partition\":\"\",\"hour\":-1},\"count\":1}\n";
    try {
      Files.writeString(first, before + one);
      String name = first.getFileName().toString().replace(".ndjson", "");
      JsonNode run = status(1, "live", "--output=" + output).path("runs").path(0);
      assertThat(run.path("balanced").asBoolean(), is(false));
      assertThat(run.path("unbalanced").path(0).asText(), is(name));
      assertThat(
          Answer.of("status", "live", "--output=" + output).out(),
          containsString("accounted for (see %s)\n".formatted(name)));

      Files.writeString(first, before + "{");
      Answer damaged = Answer.of("status", "live", "--output=" + output);
      assertThat(damaged.code(), is(3));
      assertThat(damaged.err(), containsString("Cannot read %s: ".formatted(first)));
      assertThat(damaged.err(), not(containsString("Exception")));
    } finally {
      Files.writeString(first, before);
    }
  }

  @Test
  void refusesARunWithoutCommits() {
    Answer answer = Answer.of("status", "other", "--output=" + output);
    assertThat(answer.code(), is(2));
    assertThat(
        answer.err(), is("Cannot find run other: it has no commits in %s\n".formatted(output)));
  }

  @Test
  void refusesOptionsOfAJob() {
    Answer answer = Answer.of("status", "live", "--output=" + output, "--window=1h");
    assertThat(answer.code(), is(2));
    assertThat(answer.err(), is("Unknown option: '--window=1h'\nSee 'millrace status --help'\n"));
  }

  private static JsonNode status(int code, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("status", "--json"));
    all.addAll(List.of(arguments));
    Answer answer = Answer.of(all.toArray(String[]::new));
    assertThat(answer.err(), answer.code(), is(code));
    return answer.json();
  }

  private static List<Path> commits() throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("_runs/live"))) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}
