package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.KnownOptions.Necessity;
import dev.millrace.launch.KnownOptions.Option;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.junit.jupiter.api.Test;

class OptionParserTest {
  private final OptionParser<WriteGreetings.Options> parser =
      new OptionParser<>(WriteGreetings.Options.class);

  @Test
  void parsesThePipelinesOptionsAndTheRunners() {
    WriteGreetings.Options options =
        parser.parse(
            Map.of(
                "greeting", Setting.of("hi"),
                "input", Setting.of("a,b"),
                "targetParallelism", Setting.of("5"),
                "runner", Setting.of("DirectRunner")));
    assertThat(options.getGreeting(), is("hi"));
    assertThat(options.getInput(), contains("a", "b"));
    assertThat(options.getTimes(), is(1));
    assertThat(options.as(DirectOptions.class).getTargetParallelism(), is(5));
  }

  @Test
  void suggestsTheNearestOptionForAnUnknownOne() {
    assertThat(
        problem("greting", Setting.of("hi")),
        is("Invalid option: greting (did you mean greeting?)"));
  }

  @Test
  void saysWhereAnUnknownOptionWasGiven() {
    assertThat(
        problem("zzzzzzzzzz", new Setting("hi", "greet.job.yaml:4")),
        is("greet.job.yaml:4: Invalid option: zzzzzzzzzz"));
  }

  @Test
  void saysWhichValueIsWrongAndWhatItShouldBe() {
    assertThat(
        problem("times", new Setting("often", "greet.job.yaml:5")),
        is("greet.job.yaml:5: Invalid times: often (expected a whole number)"));
    assertThat(
        problem("blockOnRun", Setting.of("maybe")),
        is("Invalid blockOnRun: maybe (expected true or false)"));
  }

  @Test
  void refusesToDoWithoutARequiredValue() {
    assertThat(problem("times", Setting.of("2")), is("Missing required value: greeting"));
  }

  @Test
  void listsThePipelinesOwnOptionsForItsHelp() {
    var own = KnownOptions.of(WriteGreetings.Options.class).own();
    assertThat(own, hasItem(new Option("greeting", "Whom to greet.", "", Necessity.REQUIRED)));
    assertThat(own, hasItem(new Option("times", "How often.", "1", Necessity.OPTIONAL)));
    assertThat(own.stream().anyMatch(option -> option.name().equals("runner")), is(false));
  }

  private String problem(String name, Setting setting) {
    return assertThrows(IllegalArgumentException.class, () -> parser.parse(Map.of(name, setting)))
        .getMessage();
  }
}
