package dev.millrace.pipelines.ingest;

import dev.millrace.io.files.FileSet;
import dev.millrace.record.Partitioning;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.window.RequireClosed;
import dev.millrace.stages.window.SelectInterval;
import dev.millrace.stages.window.SelectRejects;
import dev.millrace.stages.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of an interval reads, compares and keeps, such that runs of adjacent intervals
 * together publish what one run over all of them does.
 *
 * <p>A slice is the records whose event times are in its interval, wherever they are filed. It
 * keeps nothing else; but what becomes of its records also depends on some around it. Whether one
 * is a conflict depends on those of the contract's horizon before it. A contract that compares
 * contents needs none of them: copies have all fields in common, and with them their event time.
 * And windows that start in the interval have records after it; sessions also depend on whether
 * there was one just before it. Those around are compared and aggregated with the others, then
 * taken out: other slices publish, count and quarantine them. Here they are filtered.
 *
 * <p>An interval without ends is everything, with nothing around it.
 */
final class Slice {
  private final Interval own;
  private final Lookaround lookaround;

  /** Of those that are read, the records that are compared with each other. */
  private final Interval compared;

  /** Of these, the ones that windows which start in the interval depend on. */
  private final Interval windowed;

  /** Whether windows start on one side of an end of the interval, and end on the other. */
  private final boolean cutsWindows;

  private final boolean hasSessions;

  private Slice(
      Interval own,
      Lookaround lookaround,
      Interval compared,
      Interval windowed,
      boolean cutsWindows,
      boolean hasSessions) {
    this.own = own;
    this.lookaround = lookaround;
    this.compared = compared;
    this.windowed = windowed;
    this.cutsWindows = cutsWindows;
    this.hasSessions = hasSessions;
  }

  /**
   * The slice that the options name.
   *
   * @param windows of the aggregates, if there are any
   * @throws IllegalArgumentException if it is none, or the files that it may read are too few for
   *     its windows
   */
  static Slice of(IngestOptions options, Contract contract, Optional<Windows> windows) {
    Interval own = Interval.parse(options.getFrom(), options.getTo(), contract.partitioning());
    Lookaround lookaround = Lookaround.of(options, own);
    if (windows.isEmpty()) {
      return new Slice(own, lookaround, withContext(own, contract), own, false, false);
    }
    WindowReach reach = WindowReach.of(windows.get(), own);
    lookaround.check(options.getWindow(), reach);
    Interval windowed = reach.around(own, lookaround);
    return new Slice(
        own,
        lookaround,
        withContext(windowed, contract),
        windowed,
        reach.cutsWindows(),
        reach.isOpen());
  }

  /** With one horizon before it; nothing happened before the earliest plausible time. */
  private static Interval withContext(Interval interval, Contract contract) {
    if (contract.dedupKey().isEmpty() || !interval.hasStart()) {
      return interval;
    }
    Instant first = Instant.ofEpochMilli(contract.eventTime().minMillis());
    Instant horizon = interval.from().minus(contract.dedupHorizon());
    Instant from = horizon.isBefore(first) ? first : horizon;
    return from.isBefore(interval.from()) ? interval.withFrom(from) : interval;
  }

  /** The partitions that it is; none if an end is open. */
  List<String> partitions(Partitioning partitioning) {
    return own.partitions(partitioning);
  }

  /** The files that may hold what is compared, of those that patterns match. */
  FileSet match(List<String> patterns) {
    if (!own.isClosed()) {
      return FileSet.match(patterns);
    }
    Duration context = Duration.between(compared.from(), own.from());
    return FileSet.match(
        patterns, own.from(), own.to(), context.plus(lookaround.back()), lookaround.ahead());
  }

  /** Whether the interval touches all of these days. */
  boolean holds(Collection<Instant> days) {
    return own.isClosed()
        ? days.stream()
            .allMatch(
                day -> day.isBefore(own.to()) && day.plus(Duration.ofDays(1)).isAfter(own.from()))
        : days.isEmpty();
  }

  /** Selects the records that are compared with each other. */
  SelectInterval selectCompared() {
    return compared.select();
  }

  /** Selects the records that are the slice, of those that were compared. */
  SelectInterval selectOwn() {
    return compared.equals(own) ? Interval.ALWAYS.select() : own.select();
  }

  /** Whether windows depend on others than the slice's own records. */
  boolean windowsReachOut() {
    return !windowed.equals(own);
  }

  /** Selects the records that windows depend on, of those that were compared. */
  SelectInterval selectWindowed() {
    return compared.equals(windowed) ? Interval.ALWAYS.select() : windowed.select();
  }

  /** Selects the windows that start in the interval. */
  SelectInterval selectWindows() {
    return cutsWindows ? own.select() : Interval.ALWAYS.select();
  }

  /** What fails the run if a session that starts in the interval outlasts what is read. */
  Optional<RequireClosed> requireClosed() {
    return hasSessions && windowed.hasEnd()
        ? Optional.of(RequireClosed.by(windowed.beamTo(), "a longer --lookAhead"))
        : Optional.empty();
  }

  /**
   * Selects the rejects that are the slice's.
   *
   * @param days when those without an event time happened, by their source
   */
  SelectRejects selectRejects(Map<String, Instant> days) {
    return SelectRejects.of(own.beamFrom(), own.beamTo()).withTimesOfSources(days);
  }
}
