package dev.millrace.stages.contract;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The offsets of a time zone as two arrays, so that a local time is turned to UTC without an
 * object. Gaps and overlaps both take the offset before the change, as {@link ZoneRules#getOffset}
 * does for local times.
 */
final class UtcOffsets implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Instant FROM = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2200-01-01T00:00:00Z");
  private static final long SECONDS_PER_DAY = 86_400;

  private final ZoneId zone;

  /** The local seconds from which the offset of the same index applies; the first is open. */
  private final transient long[] since;

  private final transient int[] seconds;

  private UtcOffsets(ZoneId zone, long[] since, int[] seconds) {
    this.zone = zone;
    this.since = since;
    this.seconds = seconds;
  }

  static UtcOffsets of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition change = rules.nextTransition(FROM);
    while (change != null && change.getInstant().isBefore(TO)) {
      changes.add(change);
      change = rules.nextTransition(change.getInstant());
    }
    long[] since = new long[changes.size() + 1];
    int[] seconds = new int[changes.size() + 1];
    since[0] = Long.MIN_VALUE;
    seconds[0] = rules.getOffset(FROM).getTotalSeconds();
    for (int i = 0; i < changes.size(); i++) {
      int before = changes.get(i).getOffsetBefore().getTotalSeconds();
      int after = changes.get(i).getOffsetAfter().getTotalSeconds();
      since[i + 1] = changes.get(i).toEpochSecond() + Math.max(before, after);
      seconds[i + 1] = after;
    }
    return new UtcOffsets(zone, since, seconds);
  }

  /** The seconds since 1970-01-01T00:00:00Z of local seconds since 1970-01-01T00:00:00. */
  long toUtc(long local) {
    if (since.length == 1) {
      return local - seconds[0];
    }
    boolean known =
        local >= FROM.getEpochSecond() + SECONDS_PER_DAY
            && local < TO.getEpochSecond() - SECONDS_PER_DAY;
    if (!known) {
      LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
      return local - zone.getRules().getOffset(time).getTotalSeconds();
    }
    int index = Arrays.binarySearch(since, local);
    return local - seconds[index >= 0 ? index : -index - 2];
  }

  private Object readResolve() {
    return of(zone);
  }
}
