package dev.millrace.benchmarks.events;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** Counts lines while they are written, to the {@link Truth}. */
final class Count {
  private static final long DAY = 86_400_000L;

  private final Map<Long, Long> days = new TreeMap<>();
  private long bytes;
  private long events;
  private long copies;
  private long malformed;
  private long flawed;
  private long timeMillis;
  private long amountCents;
  private long quantity;
  private long durationMillis;
  private long signedIn;
  private long textBytes;
  private long nulls;
  private long attributes;

  void add(Events.Kind kind, EventDraw event, int lineBytes) {
    bytes += lineBytes;
    switch (kind) {
      case EVENT -> addEvent(event);
      case COPY -> copies++;
      case MALFORMED -> malformed++;
      case FLAWED -> flawed++;
    }
  }

  private void addEvent(EventDraw event) {
    events++;
    days.merge(event.timeMillis / DAY, 1L, Long::sum);
    timeMillis += event.timeMillis - EventDraw.START;
    amountCents += event.amountCents;
    quantity += event.quantity;
    durationMillis += event.durationMillis;
    signedIn += event.signedIn ? 1 : 0;
    textBytes += event.textBytes();
    nulls += event.nulls();
    attributes += event.attributeSum();
  }

  Truth truth(String format) {
    Map<String, Long> partitions = new TreeMap<>();
    days.forEach((day, rows) -> partitions.put("dt=" + date(day * DAY), rows));
    Truth.Sums sums =
        new Truth.Sums(
            timeMillis,
            amountCents,
            quantity,
            durationMillis,
            signedIn,
            textBytes,
            nulls,
            attributes);
    long rows = events + copies + malformed + flawed;
    return new Truth(format, rows, bytes, events, copies, malformed, flawed, partitions, sums);
  }

  private static String date(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
