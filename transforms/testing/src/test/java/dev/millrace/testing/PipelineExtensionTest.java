package dev.millrace.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
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

  @Test
  void waitsForWorkersOfARunThatFailed() {
    assertThat(execute("failsWhileOthersWork").succeeded().list(), hasSize(1));
    assertThat(Slow.ENDED.get(), is(true));
  }

  @Test
  void doesNotWaitForRunsOfOthers() throws Exception {
    CompletableFuture<PipelineResult> other = CompletableFuture.supplyAsync(Waiting::run);
    Waiting.STARTED.await();
    assertThat(execute("runsItsPipeline").succeeded().list(), hasSize(1));
    Waiting.MAY_END.countDown();
    other.join().waitUntilFinish();
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
                        .getRequiredPayload(TestExecutionResult.class)
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
    void failsWhileOthersWork(TestPipeline pipeline) {
      pipeline.getOptions().as(DirectOptions.class).setTargetParallelism(2);
      pipeline.apply("Slow", Create.of(1)).apply(ParDo.of(new Slow()));
      pipeline.apply("Failing", Create.of(2)).apply(ParDo.of(new Failing()));
      assertThrows(Pipeline.PipelineExecutionException.class, pipeline::run);
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
          pipeline.apply("Create", Create.of(1, 2)), () -> Matchers.containsInAnyOrder(1, 3));
      pipeline.run();
    }
  }

  /** Is still at work when the other one has failed. */
  private static final class Slow extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final AtomicBoolean ENDED = new AtomicBoolean();
    private static final int BLOCKS = 100;

    @ProcessElement
    public void process() throws NoSuchAlgorithmException {
      STARTED.countDown();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < BLOCKS; i++) {
        digest.update(new byte[1 << 20]);
      }
      ENDED.set(digest.digest().length > 0);
    }
  }

  /** A run that goes on until it is told that it may end. */
  private static final class Waiting extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch MAY_END = new CountDownLatch(1);

    static PipelineResult run() {
      DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
      options.setBlockOnRun(false);
      Pipeline pipeline = Pipeline.create(options);
      pipeline.apply("Create", Create.of(1)).apply(ParDo.of(new Waiting()));
      return pipeline.run();
    }

    @ProcessElement
    public void process() throws InterruptedException {
      STARTED.countDown();
      MAY_END.await();
    }
  }

  private static final class Failing extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() throws InterruptedException {
      Slow.STARTED.await();
      throw new IllegalStateException("fails");
    }
  }
}
