package dev.millrace.console;

import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.backfill.BackfillProgress;
import dev.millrace.operate.run.Intervals;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Says how far a backfill is: on a terminal in one line that is written over, elsewhere in a line
 * for each slice that ends.
 */
final class BackfillTicker implements BackfillProgress, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDTH = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final Clock clock;
  private final Instant begin;
  private final int all;
  private int running;
  private int done;
  private int failed;
  private long rows;

  private BackfillTicker(PrintWriter err, boolean terminal, Clock clock, int all) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.begin = clock.instant();
    this.all = all;
  }

  static BackfillTicker start(
      PrintWriter err, boolean terminal, List<SliceEntry> slices, Clock clock) {
    int planned =
        (int) slices.stream().filter(slice -> slice.state() == SliceState.PLANNED).count();
    return new BackfillTicker(err, terminal, clock, planned);
  }

  @Override
  public synchronized void started(SliceEntry slice) {
    running++;
    draw();
  }

  @Override
  public synchronized void ended(SliceEntry slice) {
    running--;
    if (slice.state() == SliceState.PUBLISHED || slice.state() == SliceState.SKIPPED) {
      done++;
    } else {
      failed++;
    }
    rows += slice.counts().map(counts -> counts.read()).orElse(0L);
    if (!terminal || slice.state() != SliceState.PUBLISHED) {
      clear();
      err.println(line(slice));
    }
    draw();
  }

  private String line(SliceEntry slice) {
    String name = Intervals.text(slice.interval().from());
    return slice.state() == SliceState.PUBLISHED
        ? "%s published (%s)".formatted(name, position())
        : "%s %s: %s"
            .formatted(name, slice.state().toString().toLowerCase(Locale.ROOT), slice.note());
  }

  private String position() {
    return "%s of %s".formatted(done + failed, all);
  }

  private void draw() {
    if (terminal) {
      err.print(CLEAR + bar());
      err.flush();
    }
  }

  private String bar() {
    int ended = done + failed;
    int filled = all == 0 ? WIDTH : WIDTH * ended / all;
    Duration elapsed = Duration.between(begin, clock.instant());
    String left = ended == 0 ? "" : ", " + time(elapsed.multipliedBy(all - ended).dividedBy(ended));
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d done, %d running, %d failed, %,.0f rows/s%s",
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        done,
        all,
        running,
        failed,
        rows * 1e3 / Math.max(1, elapsed.toMillis()),
        left.isEmpty() ? "" : left + " left");
  }

  private static String time(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  private void clear() {
    if (terminal) {
      err.print(CLEAR);
    }
  }

  /** Leaves nothing of the line on the terminal. */
  @Override
  public synchronized void close() {
    clear();
    err.flush();
  }
}
