package dev.millrace.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class PipelineExtensionTest {

  @Test
  void passesATestThatRunsItsPipeline() {
    assertThat(execute("runsItsPipeline").succeeded().list(), hasSize(1));
  }

  @Test
  void failsATestThatNeverRunsItsPipeline() {
    assertThat(failureOf("neverRuns"), containsString("PipelineRunMissingException"));
  }

  @Test
  void failsATestThatAssertsAfterTheRun() {
    assertThat(failureOf("assertsAfterTheRun"), containsString("abandoned PAssert"));
  }

  @Test
  void failsATestWhoseAssertionFails() {
    assertThat(failureOf("expectsTheWrongElements"), containsString("Expected: iterable"));
  }

  private static Events execute(String method) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(DiscoverySelectors.selectMethod(Subject.class, method, TestPipeline.class))
        .execute()
        .testEvents();
  }

  private static String failureOf(String method) {
    List<Throwable> failures =
        execute(method).failed().stream()
            .map(
                event ->
                    event
                        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
            .toList();
    assertThat(failures, hasSize(1));
    return failures.get(0).toString();
  }

  /** What the tests above execute. Not itself found by Surefire: it has no Test in its name. */
  @Tag("subject")
  @ExtendWith(PipelineExtension.class)
  static class Subject {
    @Test
    void runsItsPipeline(TestPipeline pipeline) {
      PAssert.that(pipeline.apply("Create", Create.of(1, 2))).containsInAnyOrder(1, 2);
      pipeline.run();
    }

    @Test
    void neverRuns(TestPipeline pipeline) {
      PAssert.that(pipeline.apply("Create", Create.of(1, 2))).containsInAnyOrder(3);
    }

    @Test
    void assertsAfterTheRun(TestPipeline pipeline) {
      var numbers = pipeline.apply("Create", Create.of(1, 2));
      pipeline.run();
      PAssert.that(numbers).containsInAnyOrder(3);
    }

    @Test
    void expectsTheWrongElements(TestPipeline pipeline) {
      Elements.assertElements(
          pipeline.apply("Create", Create.of(1, 2)),
          () -> org.hamcrest.Matchers.containsInAnyOrder(1, 3));
      pipeline.run();
    }
  }
}
