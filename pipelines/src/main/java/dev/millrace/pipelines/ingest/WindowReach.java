package dev.millrace.pipelines.ingest;

import dev.millrace.stages.window.Windows;
import java.time.Duration;
import java.time.Instant;

/**
 * How far windows that start in an interval reach out of it.
 *
 * @param back how long before its start a record may be that decides whether a window starts in it
 * @param ahead how long after its end a window that starts in it may end
 * @param isOpen whether it may go on for even longer
 * @param cutsWindows whether windows start on one side of an end, and end on the other
 */
record WindowReach(Duration back, Duration ahead, boolean isOpen, boolean cutsWindows) {

  static WindowReach of(Windows windows, Interval interval) {
    Duration back = interval.hasStart() ? java(windows.lookBack()) : Duration.ZERO;
    Duration ahead = interval.hasEnd() ? java(windows.overhang(interval.beamTo())) : Duration.ZERO;
    boolean atStart = interval.hasStart() && windows.overhang(interval.beamFrom()).getMillis() > 0;
    boolean isOpen = interval.hasEnd() && windows.areSessions();
    return new WindowReach(back, ahead, isOpen, atStart || !ahead.isZero());
  }

  private static Duration java(org.joda.time.Duration duration) {
    return Duration.ofMillis(duration.getMillis());
  }

  /**
   * The interval with all that its windows depend on: where they may go on for as long as they
   * like, all that may be read.
   */
  Interval around(Interval interval, Lookaround lookaround) {
    Interval around = back.isZero() ? interval : interval.withFrom(interval.from().minus(back));
    if (isOpen) {
      return around.withTo(
          lookaround.isOfFiles() ? interval.to().plus(lookaround.ahead()) : Instant.MAX);
    }
    return ahead.isZero() ? around : around.withTo(interval.to().plus(ahead));
  }
}
