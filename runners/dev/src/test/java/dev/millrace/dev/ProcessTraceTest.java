package dev.millrace.dev;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTraceTest {
  @TempDir Path stack;
  private ProcessTrace trace;
  private String start;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    trace = new ProcessTrace(Files.createDirectory(stack.resolve("kafka")));
    start = trace.begin();
    process = Waiting.process(ProcessTrace.mark(start));
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void namesEachStartAnew() throws IOException {
    assertThat(start, matchesPattern("kafka-[0-9a-f]{16}"));
    assertThat(trace.begin().equals(start), is(false));
  }

  @Test
  void findsTheProcess() throws IOException {
    trace.began(process.pid());
    assertThat(trace.process(), is(Optional.of(process.toHandle())));
  }

  @Test
  void findsTheProcessOfAStartThatWasCutOffBeforeItsNumberWasWritten() {
    assertThat(trace.process(), is(Optional.of(process.toHandle())));
  }

  @Test
  void takesNoOtherProcessOfTheSameNumberForIt() throws IOException {
    trace.began(ProcessHandle.current().pid());
    assertThat(trace.process(), is(Optional.empty()));
  }

  @Test
  void takesNoProcessOfAnotherStartForIt() throws IOException {
    trace.begin();
    trace.began(process.pid());
    assertThat(trace.process(), is(Optional.empty()));
  }

  @Test
  void findsNoProcessThatHasEnded() throws IOException, InterruptedException {
    trace.began(process.pid());
    process.destroyForcibly().waitFor();
    assertThat(trace.process(), is(Optional.empty()));
    assertThat(trace.start(), is(Optional.of(start)));
  }

  @Test
  void findsNothingOnceItIsForgotten() throws IOException {
    trace.began(process.pid());
    trace.forget();
    assertThat(trace.process(), is(Optional.empty()));
    assertThat(trace.start(), is(Optional.empty()));
  }
}
