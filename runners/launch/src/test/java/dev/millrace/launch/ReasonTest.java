package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.util.UserCodeException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final StackTraceElement FOREIGN =
      new StackTraceElement("org.apache.flink.Task", "run", "Task.java", 1);

  @Test
  void findsTheHousesOwnSentenceInTheRunnersWrappers() {
    IOException ours = new IOException("Cannot read a.gz: truncated", foreign(new EOFException()));
    assertThat(reason(wrapped(ours)), is("Cannot read a.gz: truncated"));
  }

  @Test
  void prefersTheOutermostOfTheHousesSentences() {
    IOException inner = new IOException("Cannot read block 7: gone");
    IOException outer = new IOException("Cannot read a.gz: Cannot read block 7: gone", inner);
    assertThat(reason(wrapped(outer)), is("Cannot read a.gz: Cannot read block 7: gone"));
  }

  @Test
  void goesToTheRootWhereTheHouseSaysNothing() {
    assertThat(
        reason(wrapped(foreign(new ConnectException("Connection refused: localhost:8081")))),
        is("Cannot run greet: ConnectException: Connection refused: localhost:8081"));
    assertThat(
        reason(wrapped(foreign(new IOException("No space left on device")))),
        is("Cannot run greet: No space left on device"));
  }

  @Test
  void namesTheFileOfAFileSystemsFailure() {
    assertThat(
        reason(wrapped(new AccessDeniedException("/data/a"))),
        is("Cannot run greet: /data/a: permission denied"));
    assertThat(
        reason(new UncheckedIOException(new NoSuchFileException("/data/b"))),
        is("Cannot run greet: /data/b: it does not exist"));
    assertThat(
        reason(new FileSystemException("/data/c", null, "Not a directory")),
        is("Cannot run greet: /data/c: not a directory"));
  }

  @Test
  void namesTheExceptionThatSaysNothing() {
    assertThat(
        reason(foreign(new IllegalStateException())),
        is("Cannot run greet: IllegalStateException"));
  }

  @Test
  void doesNotTakeAnAccidentForASentence() {
    NullPointerException accident = new NullPointerException("Cannot invoke \"String.length()\"");
    assertThat(
        reason(accident),
        is("Cannot run greet: NullPointerException: Cannot invoke \"String.length()\""));
  }

  @Test
  void takesTheFirstLineWithoutClassNames() {
    IOException failure =
        foreign(
            new IOException("java.io.IOException: org.acme.Oops: the disk is on fire\nat night"));
    assertThat(reason(failure), is("Cannot run greet: the disk is on fire"));
  }

  @Test
  void saysHowLargeTheHeapWasThatRanOut() {
    assertThat(
        reason(wrapped(new OutOfMemoryError("Java heap space"))),
        matchesPattern("Cannot run greet: out of memory, in a heap of \\d+ MB"));
  }

  @Test
  void endsOnACircleOfCauses() {
    IOException first = foreign(new IOException("first"));
    IOException second = foreign(new IOException("second", first));
    first.initCause(second);
    assertThat(reason(second), is("Cannot run greet: first"));
  }

  private static String reason(Throwable failure) {
    return Reason.of("run greet", failure);
  }

  private static Throwable wrapped(Throwable cause) {
    return new RuntimeException(
        "Pipeline execution failed", new PipelineExecutionException(UserCodeException.wrap(cause)));
  }

  private static <T extends Throwable> T foreign(T failure) {
    failure.setStackTrace(new StackTraceElement[] {FOREIGN});
    return failure;
  }
}
