package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.JobTarget;
import dev.millrace.launch.Launcher;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.publish.PartitionTimes;
import dev.millrace.operate.run.Intervals;
import dev.millrace.operate.status.PartitionReport;
import dev.millrace.operate.status.PartitionStatuses;
import dev.millrace.pipelines.CheckedContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The partitions of a job, from one day or instant to before another. */
final class JobPartitions {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private final JobSpec job;
  private final Optional<Instant> from;
  private final Optional<Instant> to;

  private JobPartitions(JobSpec job, Optional<Instant> from, Optional<Instant> to) {
    this.job = job;
    this.from = from;
    this.to = to;
  }

  /**
   * Those of a range.
   *
   * @param from the first day or instant; null for the first partition that is known
   * @param to the end; null for the end of the last that is known
   * @throws IllegalArgumentException if one can't be read, or the range is empty
   */
  static JobPartitions of(JobSpec job, String from, String to) {
    Optional<Instant> start =
        Optional.ofNullable(from).map(text -> Intervals.parse("from-date", text));
    Optional<Instant> end = Optional.ofNullable(to).map(text -> Intervals.parse("to-date", text));
    if (start.isPresent() && end.isPresent()) {
      if (!start.get().isBefore(end.get())) {
        throw new IllegalArgumentException(
            "Invalid --to-date: %s (expected after --from-date=%s: it is the end, and not in it)"
                .formatted(to, from));
      }
      if (Duration.between(start.get(), end.get()).compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "Invalid --to-date: %s (expected at most 100 years after --from-date=%s)"
                .formatted(to, from));
      }
    }
    return new JobPartitions(job, start, end);
  }

  /** How they are; none if no range is given and no partition is known. */
  PartitionReport report(Optional<Ledger> ledger, Clock clock) {
    Launcher launcher = Launcher.create(clock);
    JobTarget target = launcher.target(job);
    PartitionStatuses statuses =
        PartitionStatuses.of(
            target.output(), ledger, clock, target.contract().flatMap(CheckedContract::latency));
    Optional<Interval> known = statuses.known();
    Optional<Instant> start = from.or(() -> known.map(Interval::from));
    Optional<Instant> end = to.or(() -> known.map(Interval::to));
    if (start.isEmpty() || end.isEmpty() || !start.get().isBefore(end.get())) {
      return statuses.report(List.of());
    }
    Interval range = new Interval(start.get(), end.get());
    List<String> all =
        target.contract().isPresent()
            ? partitions(launcher, range)
            : List.copyOf(statuses.published());
    return statuses.report(all.stream().filter(name -> isIn(name, range)).toList());
  }

  /** The contract knows whether they are days or hours. */
  private List<String> partitions(Launcher launcher, Interval range) {
    Instant last = range.to().minusMillis(1).truncatedTo(ChronoUnit.DAYS);
    JobSpec ofRange =
        job.overriding(
            Map.of(
                "from",
                Intervals.text(range.from().truncatedTo(ChronoUnit.DAYS)),
                "to",
                Intervals.text(last.plus(1, ChronoUnit.DAYS))));
    return launcher.target(ofRange).contract().orElseThrow().partitions();
  }

  private static boolean isIn(String partition, Interval range) {
    return PartitionTimes.interval(partition).filter(range::overlaps).isPresent();
  }
}
