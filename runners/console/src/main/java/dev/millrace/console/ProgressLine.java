package dev.millrace.console;

import dev.millrace.io.blocks.ReadProgress;
import dev.millrace.launch.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a run has come: on a terminal in one line that is written over, elsewhere in a line
 * every ten seconds.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier bytesRead;
  private Duration last = Duration.ZERO;

  ProgressLine(PrintWriter err, boolean terminal, LongSupplier bytesRead) {
    this.err = err;
    this.terminal = terminal;
    this.bytesRead = bytesRead;
  }

  static ProgressLine on(PrintWriter err, boolean terminal) {
    return new ProgressLine(err, terminal, ReadProgress::bytes);
  }

  @Override
  public synchronized void tick(Duration elapsed) {
    if (terminal) {
      err.print(CLEAR + line(elapsed));
      err.flush();
    } else if (elapsed.minus(last).compareTo(BETWEEN_LINES) >= 0) {
      last = elapsed;
      err.println(line(elapsed));
    }
  }

  private String line(Duration elapsed) {
    String time =
        String.format(
            Locale.ROOT, "Running: %d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    long bytes = bytesRead.getAsLong(); // of files that this process reads: none, for a cluster
    return bytes == 0 ? time : time + String.format(Locale.ROOT, ", %.1f MB read", bytes / 1e6);
  }

  /** Leaves nothing of the line on the terminal. */
  @Override
  public synchronized void close() {
    if (terminal) {
      err.print(CLEAR);
      err.flush();
    }
  }
}
