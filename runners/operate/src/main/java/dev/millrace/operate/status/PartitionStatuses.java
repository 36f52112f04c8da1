package dev.millrace.operate.status;

import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.PublishEntry;
import dev.millrace.ledger.Publishes;
import dev.millrace.operate.Tables;
import dev.millrace.operate.publish.PartitionManifest;
import dev.millrace.operate.publish.PartitionTimes;
import dev.millrace.operate.publish.PartitionsOnDisk;
import dev.millrace.operate.publish.PublishException;
import dev.millrace.operate.publish.Recovery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says how the partitions of an output folder are. What is published is what lies there; a ledger
 * adds when that was, what goes on, and what has failed. Costs a look at the folders of partitions
 * and at each manifest; writes nothing but what a {@link Recovery} does, which it begins with.
 */
public final class PartitionStatuses {
  private final Path output;
  private final Instant now;
  private final Optional<Duration> latency;
  private final PartitionsOnDisk disk;
  private final Attempts attempts;
  private final Map<String, PublishEntry> current;
  private final Map<String, PublishEntry> first;

  private PartitionStatuses(
      Path output, Optional<Ledger> ledger, Clock clock, Optional<Duration> latency) {
    this.output = output;
    this.now = clock.instant();
    this.latency = latency;
    String name = output.toString();
    // Before the disk, for a run may end meanwhile: its partitions are there then.
    this.attempts =
        ledger.map(known -> ReadAttempts.in(known, clock).of(name)).orElse(Attempts.NONE);
    this.disk = PartitionsOnDisk.in(output);
    Optional<Publishes> publishes = ledger.map(Ledger::publishes);
    this.current = byPartition(publishes.map(known -> known.current(name)).orElse(List.of()));
    this.first = byPartition(publishes.map(known -> known.first(name)).orElse(List.of()));
  }

  /**
   * Looks at an output folder, which need not be there.
   *
   * @param ledger what knows more of it, if there is one
   * @param latency how long after its end a partition has to be published, if anybody says so
   * @throws PublishException if the disk fails
   */
  public static PartitionStatuses of(
      Path output, Optional<Ledger> ledger, Clock clock, Optional<Duration> latency) {
    Recovery.of(output).run();
    return new PartitionStatuses(output, ledger, clock, latency);
  }

  private static Map<String, PublishEntry> byPartition(List<PublishEntry> entries) {
    Map<String, PublishEntry> byPartition = new HashMap<>();
    for (PublishEntry entry : entries) {
      if (entry.table().equals(Tables.RECORDS)) {
        byPartition.put(entry.partition(), entry);
      } else {
        byPartition.putIfAbsent(entry.partition(), entry);
      }
    }
    return byPartition;
  }

  /** The partitions that readers see, by name. */
  public SortedSet<String> published() {
    return new TreeSet<>(disk.published().keySet());
  }

  /** The interval from the first partition that is known to the last; empty if none is. */
  public Optional<Interval> known() {
    List<Interval> all = new ArrayList<>();
    disk.published().keySet().forEach(name -> PartitionTimes.interval(name).ifPresent(all::add));
    disk.staged().keySet().forEach(name -> PartitionTimes.interval(name).ifPresent(all::add));
    attempts.all().forEach(attempt -> all.add(attempt.interval()));
    return all.stream()
        .reduce(
            (a, b) ->
                new Interval(
                    a.from().isBefore(b.from()) ? a.from() : b.from(),
                    a.to().isAfter(b.to()) ? a.to() : b.to()));
  }

  /** How some partitions are, in the same order. */
  public PartitionReport report(Collection<String> partitions) {
    List<PartitionStatus> statuses = partitions.stream().map(this::status).toList();
    return new PartitionReport(output, now, statuses, next(statuses));
  }

  private Optional<PartitionReport.NextDue> next(List<PartitionStatus> statuses) {
    if (latency.isEmpty() || statuses.isEmpty()) {
      return Optional.empty();
    }
    String last = statuses.get(statuses.size() - 1).partition();
    String next =
        statuses.stream()
            .filter(each -> each.state() != PartitionState.PUBLISHED)
            .map(PartitionStatus::partition)
            .findFirst()
            .orElseGet(() -> PartitionTimes.next(last));
    return due(next).map(due -> new PartitionReport.NextDue(next, due));
  }

  private Optional<Instant> due(String partition) {
    return latency.flatMap(after -> PartitionTimes.due(partition, after));
  }

  private PartitionStatus status(String partition) {
    if (disk.published().containsKey(partition)) {
      return published(partition, disk.published().get(partition));
    }
    Optional<Interval> interval = PartitionTimes.interval(partition);
    Optional<Attempt> running = interval.flatMap(attempts::running);
    if (running.isPresent()) {
      return PartitionStatus.of(partition, PartitionState.RUNNING, due(partition))
          .withRun(running.get().run(), attempts.expectedEnd(running.get(), now));
    }
    if (disk.staged().containsKey(partition)) {
      return PartitionStatus.of(partition, PartitionState.STAGED, due(partition))
          .withManifest(disk.staged().get(partition));
    }
    return interval
        .flatMap(attempts::last)
        .filter(last -> last.outcome() == Attempt.Outcome.FAILED)
        .map(last -> failed(partition, last))
        .orElseGet(() -> PartitionStatus.of(partition, PartitionState.MISSING, due(partition)));
  }

  private PartitionStatus failed(String partition, Attempt attempt) {
    return PartitionStatus.of(partition, PartitionState.FAILED, due(partition))
        .withRun(attempt.run(), Optional.empty())
        .withNote(attempt.failure());
  }

  private PartitionStatus published(String partition, Optional<PartitionManifest> manifest) {
    Optional<Instant> publishedAt =
        Optional.ofNullable(current.get(partition))
            .filter(entry -> manifest.filter(m -> m.run().equals(entry.runId())).isPresent())
            .map(PublishEntry::at);
    Optional<PublishEntry> arrived = Optional.ofNullable(first.get(partition));
    PartitionStatus status =
        PartitionStatus.of(
            partition,
            PartitionState.PUBLISHED,
            arrived.flatMap(PublishEntry::due).or(() -> due(partition)));
    return manifest
        .map(status::withManifest)
        .orElse(status)
        .withTimes(publishedAt, arrived.map(PublishEntry::at))
        .withNote(sincePublished(partition, publishedAt));
  }

  /** What has begun, or gone wrong, since readers see what they see. */
  private String sincePublished(String partition, Optional<Instant> publishedAt) {
    Optional<Interval> interval = PartitionTimes.interval(partition);
    Optional<Attempt> running = interval.flatMap(attempts::running);
    if (running.isPresent()) {
      return running.get().name() + " is at it";
    }
    if (disk.staged().containsKey(partition)) {
      return "run %s is staged".formatted(disk.staged().get(partition).run());
    }
    return interval
        .flatMap(attempts::last)
        .filter(last -> last.outcome() == Attempt.Outcome.FAILED)
        .filter(last -> publishedAt.filter(last.at()::isAfter).isPresent())
        .map(last -> "%s has failed since: %s".formatted(last.name(), last.failure()))
        .orElse("");
  }
}
