package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class CommandTest {

  @Test
  void saysWhatAFailedOneSays() {
    IOException failure =
        assertThrows(IOException.class, () -> Command.run("cat", "/no/such/file"));
    assertThat(failure.getMessage(), startsWith("Cannot cat /no/such/file: cat: /no/such/file:"));
  }

  @Test
  void doesNotWaitOnceItIsInterrupted() throws IOException {
    Process waiting = new ProcessBuilder("cat").start();
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        assertThrows(InterruptedIOException.class, () -> Command.exitCode(waiting));
    assertThat(interrupted.getMessage(), is("Cannot wait for a process: interrupted"));
    assertThat(Thread.interrupted(), is(true));
    waiting.destroyForcibly();
  }
}
