package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {
  @TempDir Path folder;

  @Test
  void readsPipelineOptionsAndRunners() throws IOException {
    JobSpec job =
        read(
            """
            pipeline: greet
            options:
              greeting: hello   # to whom it may concern
              times: 2
              streaming: true
            runners:
              OtherRunner:
                times: 3
            """);
    assertThat(job.pipeline(), is("greet"));
    assertThat(
        job.settings("DirectRunner", Map.of()),
        is(
            Map.of(
                "greeting", new Setting("hello", file() + ":3"),
                "times", new Setting("2", file() + ":4"),
                "streaming", new Setting("true", file() + ":5"))));
    assertThat(
        job.settings("OtherRunner", Map.of()).get("times"), is(new Setting("3", file() + ":8")));
  }

  @Test
  void joinsListsByCommas() throws IOException {
    JobSpec job = read("pipeline: greet\noptions:\n  groupBy: [origin, destination]\n");
    assertThat(job.option("groupBy"), is(Optional.of("origin,destination")));
  }

  @Test
  void startsRelativePathsFromTheFilesFolder() throws IOException {
    JobSpec job =
        read(
            """
            pipeline: greet
            options:
              input: [in/*.gz, "/data/{date}.gz", "s3://bucket/a"]
              contract: ../c.yaml
              output: out
              bootstrapFrom: history/*.gz
              quarantine: out/q
              refer: ["origin,destination:a.csv#iata", "carrier:/data/c.csv#code"]
              window: in/1h
            """);
    assertThat(
        job.option("input"), is(Optional.of(folder + "/in/*.gz,/data/{date}.gz,s3://bucket/a")));
    assertThat(job.option("contract"), is(Optional.of(folder.getParent() + "/c.yaml")));
    assertThat(job.option("output"), is(Optional.of(folder + "/out")));
    assertThat(job.option("bootstrapFrom"), is(Optional.of(folder + "/history/*.gz")));
    assertThat(job.option("quarantine"), is(Optional.of(folder + "/out/q")));
    assertThat(
        job.option("refer"),
        is(Optional.of("origin,destination:" + folder + "/a.csv#iata,carrier:/data/c.csv#code")));
    assertThat(job.option("window"), is(Optional.of("in/1h")));
  }

  @Test
  void startsPathsForOneRunnerFromTheFilesFolderToo() throws IOException {
    JobSpec job = read("pipeline: greet\nrunners:\n  OtherRunner: {output: big}\n");
    assertThat(job.settings("OtherRunner", Map.of()).get("output").value(), is(folder + "/big"));
  }

  @Test
  void suggestsTheNearestKeyForAnUnknownOne() throws IOException {
    assertThat(
        problem("pipeline: greet\noption:\n  a: 1\n"),
        is(file() + ":2: Invalid key in the job: option (expected options)"));
  }

  @Test
  void listsTheKeysIfNoneIsNear() throws IOException {
    assertThat(
        problem("pipeline: greet\nschedule: daily\n"),
        is(file() + ":2: Invalid key in the job: schedule (expected pipeline, options, runners)"));
  }

  @Test
  void suggestsTheNearestRunnerForAnUnknownOne() throws IOException {
    assertThat(
        problem("pipeline: greet\nrunners:\n  OthrRunner:\n    a: 1\n"),
        is(file() + ":3: Invalid key in runners: OthrRunner (expected OtherRunner)"));
  }

  @Test
  void refusesAKeyThatIsGivenTwice() throws IOException {
    assertThat(
        problem("pipeline: greet\noptions:\n  a: 1\n  a: 2\n"),
        is(file() + ":4: Invalid key in options: a (given twice)"));
  }

  @Test
  void refusesAMappingAsAValue() throws IOException {
    assertThat(
        problem("pipeline: greet\noptions:\n  a:\n    b: 1\n"),
        is(file() + ":4: Invalid a (expected one value)"));
  }

  @Test
  void refusesAKeyWithoutValue() throws IOException {
    assertThat(
        problem("pipeline: greet\noptions:\n  a:\n"), is(file() + ":3: Missing required value: a"));
  }

  @Test
  void refusesOptionsThatAreNoMapping() throws IOException {
    assertThat(
        problem("pipeline: greet\noptions: [a, b]\n"),
        is(file() + ":2: Invalid options (expected keys with values)"));
  }

  @Test
  void refusesAJobWithoutPipeline() throws IOException {
    assertThat(problem("options: {a: 1}\n"), is(file() + ": Missing required value: pipeline"));
    assertThat(problem("# nothing\n"), is(file() + ": Missing required value: pipeline"));
  }

  @Test
  void namesTheLineOfBrokenYaml() throws IOException {
    assertThat(
        problem("pipeline: greet\noptions: {a: 1\n"), startsWith(file() + ":3: Cannot read job: "));
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> JobFile.read(file())).getMessage(),
        is("Cannot read job %s: it does not exist".formatted(file())));
  }

  @Test
  void refusesAFolder() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> JobFile.read(folder)).getMessage(),
        is("Cannot read job %s: Is a directory".formatted(folder)));
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Files.write(file(), new byte[] {'p', (byte) 0xff});
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> JobFile.read(file())).getMessage(),
        is("Cannot read job %s: it is not UTF-8".formatted(file())));
  }

  private Path file() {
    return folder.resolve("greet.job.yaml");
  }

  private JobSpec read(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return JobFile.read(file());
  }

  private String problem(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return assertThrows(IllegalArgumentException.class, () -> JobFile.read(file())).getMessage();
  }
}
