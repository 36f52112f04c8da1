package dev.millrace.benchmarks.events;

import java.util.HashMap;
import java.util.Map;

/**
 * The lines of the workload as messages, one after the other, and the truth about those that were
 * taken so far. All messages with one id are for one partition, as a producer that keys its
 * messages by it sends them, so that a copy never overtakes its original.
 */
public final class EventStream {
  /** In a topic, a size is that of the values: what is between them is the broker's. */
  private static final String FORMAT = "shop-events-stream-1";

  private static final long HOUR = 3_600_000L;
  private static final long WEEK = 7 * 24 * HOUR;
  private static final long SPAN_HOURS = 71;

  private final Events events;
  private final Count count = new Count();
  private final Map<HourGroup, HourTotals> hours = new HashMap<>();
  private long row;

  private EventStream(long rows) {
    this.events = new Events(rows, Shape.USUAL);
  }

  /** Three days of events in so many messages, however fast they are sent. */
  public static EventStream ofThreeDays(long messages) {
    return new EventStream(messages);
  }

  /** Events that go on as fast as the clock, if so many messages are sent in a second. */
  public static EventStream asTheClock(long messagesPerSecond) {
    return new EventStream(SPAN_HOURS * 3600 * messagesPerSecond);
  }

  /** Goes to the next message. */
  public void next() {
    Events.Kind kind = events.fill(row++);
    take(kind);
    if (kind == Events.Kind.EVENT) {
      addToHour(events.event());
    }
  }

  /**
   * Goes to a message whose event is a week later than what is due, so that all windows before it
   * can be closed. Its own window stays open, and is no part of {@link #hours}.
   */
  public void nextCloser() {
    events.fillLater(row++, WEEK);
    take(Events.Kind.EVENT);
  }

  private void take(Events.Kind kind) {
    count.add(kind, events.event(), events.line().size());
  }

  private void addToHour(EventDraw event) {
    HourGroup group =
        new HourGroup(event.timeMillis / HOUR * HOUR, event.type.value(), event.country.value());
    hours.merge(
        group, new HourTotals(1, event.amountCents, event.durationMillis), HourTotals::plus);
  }

  /** What the message says. */
  public byte[] value() {
    return events.line().bytes();
  }

  /** The id that the message has, if it has one. */
  public String id() {
    return events.event().id();
  }

  /** Which of so many partitions the message is for. */
  public int partition(int partitions) {
    return (int) Long.remainderUnsigned(events.event().idLow, partitions);
  }

  /** What any job over the messages so far must come to. */
  public Truth truth() {
    return count.truth(FORMAT);
  }

  /** What the aggregates of the messages so far must be, closers left out. */
  public Map<HourGroup, HourTotals> hours() {
    return Map.copyOf(hours);
  }
}
