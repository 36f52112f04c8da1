package dev.millrace.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DirectEngineTest {

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(Engine.class), hasItem(instanceOf(DirectEngine.class)));
  }

  @Test
  void turnsOffTheChecksThatAreForTestsAndUsesEveryProcessor() {
    Map<String, String> profile = new DirectEngine().profile(Mode.BOUNDED, JobSpec.of("any"));
    assertThat(profile, hasEntry("enforceImmutability", "false"));
    assertThat(profile, hasEntry("enforceEncodability", "false"));
    assertThat(profile, hasEntry("blockOnRun", "true"));
    assertThat(
        Integer.parseInt(profile.get("targetParallelism")),
        is(Math.max(2, Runtime.getRuntime().availableProcessors())));
  }
}
