package dev.millrace.operate.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputLockTest {
  private static final int THREADS = 8;

  @TempDir private Path output;

  @Test
  void isHeldByOneThreadAtATime() {
    AtomicInteger holders = new AtomicInteger();
    CompletableFuture<?>[] all =
        IntStream.range(0, THREADS)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int round = 0; round < 20; round++) {
                            try (OutputLock lock = OutputLock.of(output)) {
                              lock.checkHeld();
                              assertThat(holders.incrementAndGet(), is(1));
                              holders.decrementAndGet();
                            }
                          }
                        }))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
  }

  @Test
  void givesUpAfterAWhile() {
    try (OutputLock lock = OutputLock.of(output)) {
      lock.checkHeld();
      CompletionException failure =
          assertThrows(
              CompletionException.class,
              () ->
                  CompletableFuture.runAsync(
                          () -> OutputLock.of(output, Duration.ofMillis(1)).close())
                      .join());
      assertThat(
          failure.getCause().getMessage(),
          is(
              "Cannot publish to %s: another process has been publishing there for 0 min (if none is, end what has %s open)"
                  .formatted(output, output.resolve("_staging/.lock"))));
    }
  }

  @Test
  void isWantedForEveryChange() throws IOException {
    OutputLock lock = OutputLock.of(output);
    lock.close();
    assertThat(
        assertThrows(IllegalStateException.class, () -> Recovery.of(output).run(lock)).getMessage(),
        is("Cannot change an output folder without its lock"));
  }
}
