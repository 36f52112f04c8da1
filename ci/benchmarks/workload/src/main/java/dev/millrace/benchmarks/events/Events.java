package dev.millrace.benchmarks.events;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The lines of the workload: usually 96 % events as they should be, 3 % exact copies of an earlier
 * event, half a percent that are not JSON and half a percent that break the contract. A row's line
 * depends on its number, on how many rows there are and on their shape, and on nothing else.
 */
final class Events {
  /** What a row is. */
  enum Kind {
    EVENT,
    COPY,
    MALFORMED,
    FLAWED
  }

  private static final int KINDS = 1000;
  private static final byte[] LOG_LINE = Ascii.of("GET /health 200 0.004");

  private final long rows;
  private final Shape shape;
  private final Dice dice = new Dice();
  private final EventDraw event;
  private final Line line = new Line();
  private final EventJson json = new EventJson(line);

  Events(long rows, Shape shape) {
    this.rows = rows;
    this.shape = shape;
    this.event = new EventDraw(shape);
  }

  /** Writes the lines from one row to before another, and counts them. */
  void write(long from, long to, OutputStream out, Count count) throws IOException {
    for (long row = from; row < to; row++) {
      Kind kind = fill(row);
      line.writeTo(out);
      count.add(kind, event, line.size());
    }
  }

  /** Makes the line of a row, and says what it is. */
  Kind fill(long row) {
    Kind kind = kind(row);
    event.draw(kind == Kind.COPY ? copied(row) : row, rows);
    dice.start(row, 2);
    json.write(event, kind == Kind.FLAWED ? Flaw.drawn(dice) : null);
    if (kind == Kind.MALFORMED) {
      spoil();
    }
    return kind;
  }

  /** Makes the line of a row's event as it should be, so much later than it is. */
  void fillLater(long row, long millis) {
    event.draw(row, rows);
    event.timeMillis += millis;
    json.write(event, null);
  }

  /** What the line was made from. */
  EventDraw event() {
    return event;
  }

  /** The line that was made last, until the next one is. */
  Line line() {
    return line;
  }

  private void spoil() {
    switch (dice.below(4)) {
      case 0 -> line.truncate(1 + dice.below(line.size() - 1));
      case 1 -> line.replaceFirst(':', ' ');
      case 2 -> line.put('}');
      default -> {
        line.clear();
        line.put(LOG_LINE);
      }
    }
  }

  /** What a row is; the first is an event, so that there always is one to copy. */
  Kind kind(long row) {
    if (isOfTheKey(row)) {
      return Kind.COPY;
    }
    dice.start(row, 1);
    int roll = dice.below(KINDS);
    int rejects = shape.rejects();
    if (roll >= rejects + shape.copies() || row == 0) {
      return Kind.EVENT;
    }
    return roll >= rejects ? Kind.COPY : roll >= rejects / 2 ? Kind.MALFORMED : Kind.FLAWED;
  }

  private boolean isOfTheKey(long row) {
    return shape.skew() == Skew.KEY && shape.skew().has(row, shape.skewed(), dice);
  }

  /** The row that a copy is of: an event before it, at most a quarter of all rows away. */
  long copied(long row) {
    if (isOfTheKey(row)) {
      return 0;
    }
    dice.start(row, 3);
    long original = row - 1 - dice.below((int) Math.min(row, 1 + rows / 4));
    while (kind(original) != Kind.EVENT) {
      original--;
    }
    return original;
  }
}
