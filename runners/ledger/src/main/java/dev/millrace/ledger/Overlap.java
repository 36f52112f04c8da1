package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for slices that overlap others, in the time that it takes to sort them. */
final class Overlap {
  private Overlap() {}

  /** A slice of another backfill. */
  record Taken(String backfill, Interval interval) {}

  private record Start(Interval interval, Optional<Taken> taken) {}

  /** The first of the others, by time, that overlaps one of the intervals. */
  static Optional<Taken> find(List<Interval> intervals, List<Taken> others) {
    List<Start> starts = new ArrayList<>();
    intervals.forEach(interval -> starts.add(new Start(interval, Optional.empty())));
    others.forEach(taken -> starts.add(new Start(taken.interval(), Optional.of(taken))));
    starts.sort(comparing(start -> start.interval().from()));
    Interval mine = null;
    Taken theirs = null;
    for (Start start : starts) {
      if (start.taken().isEmpty()) {
        if (theirs != null && theirs.interval().overlaps(start.interval())) {
          return Optional.of(theirs);
        }
        mine = later(mine, start.interval());
      } else {
        if (mine != null && mine.overlaps(start.interval())) {
          return start.taken();
        }
        if (theirs == null || theirs.interval().to().isBefore(start.interval().to())) {
          theirs = start.taken().get();
        }
      }
    }
    return Optional.empty();
  }

  private static Interval later(Interval a, Interval b) {
    return a == null || a.to().isBefore(b.to()) ? b : a;
  }
}
