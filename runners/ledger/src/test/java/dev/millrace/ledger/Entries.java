package dev.millrace.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries for tests in which it doesn't matter what most of them say. */
final class Entries {
  private Entries() {}

  static RunKey key(String id) {
    return new RunKey("/out/flights", id);
  }

  static RunEntry run(String id, Instant startedAt) {
    return run(
        id, startedAt, Optional.of(new Interval(startedAt.minus(Duration.ofDays(1)), startedAt)));
  }

  static RunEntry run(String id, Instant startedAt, Optional<Interval> slice) {
    return run("/out/flights", id, startedAt, slice);
  }

  static RunEntry runTo(String output, String id, Instant startedAt) {
    return run(output, id, startedAt, Optional.empty());
  }

  private static RunEntry run(
      String output, String id, Instant startedAt, Optional<Interval> slice) {
    return new RunEntry(
        id,
        "flights.job.yaml",
        "ingest",
        "1.2",
        "flights",
        "3.4.5",
        "FlinkRunner",
        slice,
        output,
        output + "/_staging/" + id,
        RunState.RUNNING,
        "ada",
        "Kötü gün — \"again\"",
        startedAt,
        startedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static PublishEntry publish(String output, String partition, String run, Instant at) {
    return new PublishEntry(
        output,
        "records",
        partition,
        run,
        PublishAction.PUBLISH,
        Optional.empty(),
        1L << 40,
        1L << 50,
        3,
        7,
        at,
        Optional.empty());
  }

  static BackfillEntry backfill(String id, String output, Instant createdAt) {
    return new BackfillEntry(
        id,
        "flights.job.yaml",
        List.of("--shards=1", "", "--note=two\nlines", "\\n", "\\", "--ünal='ş'"),
        List.of("--wait-for=in/{date}.gz", "--wait-for=up"),
        output,
        "2001-01-15..2001-02-01",
        4,
        "failed",
        true,
        BackfillState.RUNNING,
        "ada",
        "again",
        createdAt,
        createdAt,
        Optional.empty());
  }
}
