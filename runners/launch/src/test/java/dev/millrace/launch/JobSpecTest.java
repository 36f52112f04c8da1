package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSpecTest {
  private static final Map<String, String> PROFILE = Map.of("parallelism", "profile");
  private static final Map<String, Setting> JOB = Map.of("parallelism", at("job", 3));
  private static final Map<String, Setting> RUNNER = Map.of("parallelism", at("runner", 9));

  private final JobSpec greet = JobSpec.of("greet");

  @Test
  void takesTheProfileWhereNothingElseIsSaid() {
    assertThat(parallelism(greet), is("profile"));
  }

  @Test
  void prefersTheJobToTheProfile() {
    assertThat(parallelism(greet.withOptions(JOB)), is("job"));
  }

  @Test
  void prefersTheJobsOptionsForTheRunnerToItsOptionsForAll() {
    assertThat(
        parallelism(greet.withOptions(JOB).withOptionsFor("OtherRunner", RUNNER)), is("runner"));
  }

  @Test
  void ignoresTheJobsOptionsForAnotherRunner() {
    assertThat(
        parallelism(greet.withOptions(JOB).withOptionsFor("DirectRunner", RUNNER)), is("job"));
  }

  @Test
  void prefersTheCommandLineToAllElse() {
    assertThat(
        parallelism(
            greet
                .withArguments(List.of("--parallelism=argument"))
                .withOptions(JOB)
                .withOptionsFor("OtherRunner", RUNNER)),
        is("argument"));
  }

  @Test
  void takesTheRunnerOfTheCommandLineBeforeThatOfTheJob() {
    JobSpec job = greet.withOptions(Map.of("runner", at("OtherRunner", 2)));
    assertThat(job.runner(), is(Optional.of("OtherRunner")));
    assertThat(
        job.withArguments(List.of("--runner=directrunner")).runner(),
        is(Optional.of("directrunner")));
    assertThat(greet.runner(), is(Optional.empty()));
  }

  @Test
  void knowsWhatIsSaidOfAnOptionForTheRunnerInAnyCase() {
    JobSpec job = greet.withOptions(JOB).withOptionsFor("OtherRunner", RUNNER);
    assertThat(job.option("parallelism"), is(Optional.of("job")));
    assertThat(
        job.withArguments(List.of("--runner=otherrunner")).option("parallelism"),
        is(Optional.of("runner")));
    assertThat(job.option("window"), is(Optional.empty()));
  }

  @Test
  void readsAnArgumentWithoutValueAsTrueAndKeepsEqualsSignsInValues() {
    JobSpec job = greet.withArguments(List.of("--streaming", "--filter=a=b", "--empty="));
    assertThat(job.option("streaming"), is(Optional.of("true")));
    assertThat(job.option("filter"), is(Optional.of("a=b")));
    assertThat(job.option("empty"), is(Optional.of("")));
  }

  @Test
  void takesAnOptionSpelledWithDashes() {
    JobSpec spec = JobSpec.of("ingest").withArguments(List.of("--until-idle=10s", "--x=a-b"));
    assertThat(spec.option("untilIdle").orElseThrow(), is("10s"));
    assertThat(spec.option("x").orElseThrow(), is("a-b"));
  }

  @Test
  void overridesWhatTheCommandLineSays() {
    JobSpec spec =
        JobSpec.of("ingest")
            .withArguments(List.of("--input=a", "--output=b"))
            .overriding(Map.of("input", "c"));
    assertThat(spec.option("input").orElseThrow(), is("c"));
    assertThat(spec.option("output").orElseThrow(), is("b"));
  }

  @Test
  void refusesAnArgumentThatIsNoOption() {
    assertThat(refusal("FlinkRunner"), is("Invalid argument: FlinkRunner (expected --name=value)"));
    assertThat(refusal("-x=1"), is("Invalid argument: -x=1 (expected --name=value)"));
    assertThat(refusal("--=1"), is("Invalid argument: --=1 (expected --name=value)"));
  }

  @Test
  void refusesAnArgumentThatIsGivenTwice() {
    assertThat(
        refusal("--window=1h", "--window=2h"),
        is("Invalid argument: --window=2h (expected --window once, its values joined by commas)"));
  }

  private static String parallelism(JobSpec job) {
    return job.settings("OtherRunner", PROFILE).get("parallelism").value();
  }

  private String refusal(String... arguments) {
    return assertThrows(
            IllegalArgumentException.class, () -> greet.withArguments(List.of(arguments)))
        .getMessage();
  }

  private static Setting at(String value, int line) {
    return new Setting(value, "greet.job.yaml:" + line);
  }

  @Test
  void keepsWhereASettingComesFrom() {
    assertThat(
        greet.withOptions(JOB).settings("OtherRunner", PROFILE),
        equalTo(Map.of("parallelism", at("job", 3))));
  }
}
