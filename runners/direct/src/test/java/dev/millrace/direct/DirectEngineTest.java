package dev.millrace.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class DirectEngineTest {

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(Engine.class), hasItem(instanceOf(DirectEngine.class)));
  }

  @Test
  void turnsOffTheChecksThatAreForTestsAndUsesEveryProcessor() {
    DirectOptions options = options(new DirectEngine());
    assertThat(options.getRunner(), is((Object) DirectRunner.class));
    assertThat(options.isEnforceImmutability(), is(false));
    assertThat(options.isEnforceEncodability(), is(false));
    assertThat(options.isBlockOnRun(), is(true));
    assertThat(options.getTargetParallelism(), greaterThanOrEqualTo(2));
  }

  private static DirectOptions options(Engine engine) {
    Map<String, String> profile = engine.profile(Mode.BOUNDED, JobSpec.of("any"));
    String[] arguments =
        profile.entrySet().stream()
            .map(option -> "--%s=%s".formatted(option.getKey(), option.getValue()))
            .toArray(String[]::new);
    DirectOptions options = PipelineOptionsFactory.fromArgs(arguments).as(DirectOptions.class);
    options.setRunner(
        PipelineOptionsFactory.fromArgs("--runner=" + engine.runner()).create().getRunner());
    return options;
  }
}
