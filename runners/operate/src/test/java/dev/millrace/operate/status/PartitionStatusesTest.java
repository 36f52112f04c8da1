package dev.millrace.operate.status;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.millrace.ledger.AuditEntry;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Counts;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.PublishAction;
import dev.millrace.ledger.PublishEntry;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunProgress;
import dev.millrace.ledger.RunState;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.StagedFolder;
import dev.millrace.operate.publish.PartitionManifest;
import dev.millrace.operate.publish.PartitionsOnDisk;
import dev.millrace.operate.publish.PublishRun;
import dev.millrace.operate.publish.PublishedPartition;
import dev.millrace.operate.run.Heartbeat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionStatusesTest {
  private static final String THIRD = "dt=2001-01-03";
  private static final List<String> DAYS = List.of(FIRST, SECOND, THIRD);
  private static final Optional<Duration> LATENCY = Optional.of(Duration.ofHours(4));

  /** The first day is due by now, the second at six, the third tomorrow. */
  private static final Instant NOW = Instant.parse("2001-01-03T02:00:00Z");

  @TempDir private Path folder;
  private Path output;
  private Ledger ledger;

  @BeforeEach
  void openLedger() {
    output = folder.resolve("out");
    ledger = Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), at(NOW));
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  @Test
  void missesEverythingWhereNothingIs() {
    PartitionReport report = report();

    assertThat(states(report), contains("MISSING, late", "MISSING", "MISSING"));
    assertThat(
        report.next(),
        is(Optional.of(new PartitionReport.NextDue(FIRST, Instant.parse("2001-01-02T04:00:00Z")))));
    assertThat(statuses().known(), is(Optional.empty()));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void goesByWhatLiesThereWhereTheLedgerKnowsNothing() throws IOException {
    publish("run-1");
    PartitionReport report = report();

    assertThat(states(report), contains("PUBLISHED", "PUBLISHED", "MISSING"));
    PartitionStatus first = report.partitions().get(0);
    assertThat(first.rows(), is(OptionalLong.of(8)));
    assertThat(first.rejects(), is(OptionalLong.of(1)));
    assertThat(first.version(), is(OptionalLong.of(1)));
    assertThat(first.run(), is(Optional.of("run-1")));
    assertThat(first.publishedAt(), is(Optional.empty()));
    assertThat("nobody knows", first.lateness(NOW), is(Optional.empty()));
    assertThat(statuses().known(), is(Optional.of(days("2001-01-01", "2001-01-03"))));
    assertThat(
        PartitionStatuses.of(output, Optional.empty(), at(NOW), LATENCY).report(DAYS), is(report));
  }

  @Test
  void believesNoLedgerThatSaysAPartitionIsThere() {
    ledger.publishes().record(List.of(entry("run-1", "2001-01-01T05:00:00Z")));
    assertThat(states(report()), contains("MISSING, late", "MISSING", "MISSING"));
  }

  @Test
  void tellsHowLateAPartitionFirstCame() throws IOException {
    publish("run-1");
    publish("run-2");
    Instant late = Instant.parse("2001-01-02T06:30:00Z");
    ledger.publishes().record(List.of(entry("run-1", late.toString())));
    ledger.publishes().record(List.of(entry("run-2", "2001-01-02T23:00:00Z")));

    PartitionStatus first = report().partitions().get(0);
    assertThat(first.publishedAt(), is(Optional.of(Instant.parse("2001-01-02T23:00:00Z"))));
    assertThat(first.arrivedAt(), is(Optional.of(late)));
    assertThat(first.lateness(NOW), is(Optional.of(Duration.ofMinutes(150))));
    assertThat("it is there", first.isLate(NOW), is(false));
  }

  @Test
  void goesByTheDueTimeOfTheDayOnWhichItWasPublished() throws IOException {
    publish("run-1");
    PublishEntry entry = entry("run-1", "2001-01-02T06:30:00Z");
    Instant due = Instant.parse("2001-01-02T12:00:00Z");
    ledger
        .publishes()
        .record(
            List.of(
                PublishedPartition.of(manifest(FIRST), Optional.empty())
                    .entry(
                        output.toString(),
                        "run-1",
                        PublishAction.PUBLISH,
                        entry.at(),
                        Optional.of(Duration.ofHours(12)))));

    PartitionStatus first = report().partitions().get(0);
    assertThat(first.due(), is(Optional.of(due)));
    assertThat(first.lateness(NOW), is(Optional.of(Duration.ZERO)));
  }

  @Test
  void countsAPartitionWithoutAManifestAsPublished() throws IOException {
    publish("run-1");
    Files.delete(output.resolve("records/" + FIRST + "/_manifest.json"));

    PartitionReport report = report();
    assertThat(states(report), contains("PUBLISHED", "PUBLISHED", "MISSING"));
    assertThat(report.partitions().get(0).rows(), is(OptionalLong.empty()));
  }

  @Test
  void findsWhatIsStaged() throws IOException {
    PublishRun.of(StagedFolder.write(output, "run-1", Manifests.balanced().manifest()))
        .stagingOnly()
        .execute();

    PartitionReport report = report();
    assertThat(states(report), contains("STAGED, late", "STAGED", "MISSING"));
    assertThat(report.partitions().get(0).rows(), is(OptionalLong.of(8)));
    assertThat(report.partitions().get(0).run(), is(Optional.of("run-1")));
  }

  @Test
  void saysWhatIsStagedOverWhatIsPublished() throws IOException {
    publish("run-1");
    PublishRun.of(StagedFolder.write(output, "run-2", Manifests.balanced().manifest()))
        .stagingOnly()
        .execute();

    PartitionStatus first = report().partitions().get(0);
    assertThat(first.state(), is(PartitionState.PUBLISHED));
    assertThat(first.note(), is("run run-2 is staged"));
  }

  @Test
  void missesNothingWhileItIsPublishedAgain() throws Exception {
    publish("run-0");
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 1; round <= 40; round++) {
                publishUnchecked("run-" + round);
              }
            });
    int missed = 0;
    while (!publishing.isDone()) {
      PartitionsOnDisk look = PartitionsOnDisk.in(output);
      missed += look.published().containsKey(FIRST) || look.staged().containsKey(FIRST) ? 0 : 1;
    }
    publishing.get();
    assertThat(missed, is(0));
  }

  private void publishUnchecked(String run) {
    try {
      publish(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void finishesWhatAKilledPublishHasDecided() throws IOException {
    publish("run-1");
    Path staging = output.resolve("_staging/run-2");
    Files.createDirectories(staging.resolve("published"));
    Files.writeString(
        staging.resolve("publication.json"), "{\"run\":\"run-2\",\"keepVersions\":1,\"swaps\":[]}");

    report();
    assertThat(Files.exists(staging), is(false));
  }

  @Test
  void expectsARunThatGoesOnAfterTheMedianOfEarlierOnes() {
    for (int minutes : new int[] {10, 30, 500}) {
      Instant begin = NOW.minus(Duration.ofDays(1));
      end(start("run-" + minutes, begin, "2000-12-31"), begin.plusSeconds(60L * minutes));
    }
    start("run-now", NOW.minusSeconds(300), "2001-01-02");
    ledger.runs().heartbeat(key("run-now"), Optional.empty());

    PartitionReport report = report();
    assertThat(states(report), contains("MISSING, late", "RUNNING", "MISSING"));
    PartitionStatus second = report.partitions().get(1);
    assertThat(second.run(), is(Optional.of("run-now")));
    assertThat(second.expectedAt(), is(Optional.of(NOW.plusSeconds(1500))));
  }

  @Test
  void expectsARunThatGoesOnByHowFarItHasCome() {
    Instant begin = NOW.minus(Duration.ofDays(1));
    end(start("run-before", begin, "2000-12-31"), begin.plusSeconds(600));
    start("run-now", NOW.minusSeconds(300), "2001-01-02");
    heartbeat("run-now", new RunProgress(0, 1000));
    assertThat(expected(), is(Optional.of(NOW.plusSeconds(300))));
    heartbeat("run-now", new RunProgress(250, 1000));
    assertThat(expected(), is(Optional.of(NOW.plusSeconds(900))));
  }

  @Test
  void expectsARunAsItWasWhenItWasHeardOf() {
    Instant begin = NOW.minusSeconds(330);
    start("run-now", begin, "2001-01-02");
    try (Ledger then = open(NOW.minusSeconds(30))) {
      then.runs().heartbeat(key("run-now"), Optional.of(new RunProgress(500, 1000)));
    }
    assertThat(expected(), is(Optional.of(NOW.plusSeconds(270))));
    try (Ledger then = open(NOW.minusSeconds(30))) {
      then.runs().heartbeat(key("run-now"), Optional.of(new RunProgress(999, 1000)));
    }
    assertThat(expected(), is(Optional.of(NOW)));
  }

  @Test
  void expectsNothingOfWhatIsBeforeOrAfterTheInputWithoutEarlierRuns() {
    start("run-now", NOW.minusSeconds(30), "2001-01-02");
    heartbeat("run-now", new RunProgress(0, 1000));
    assertThat(expected(), is(Optional.empty()));
    heartbeat("run-now", new RunProgress(1000, 1000));
    assertThat(expected(), is(Optional.empty()));
    Instant begin = NOW.minus(Duration.ofDays(1));
    end(start("run-before", begin, "2000-12-31"), begin.plusSeconds(600));
    assertThat(expected(), is(Optional.of(NOW.plusSeconds(570))));
  }

  @Test
  void saysHowLateARunThatGoesOnWillBe() {
    start("run-now", NOW.minusSeconds(300), "2001-01-02");
    heartbeat("run-now", new RunProgress(10, 1000));
    PartitionStatus second = report().partitions().get(1);
    assertThat(second.due(), is(Optional.of(NOW.plusSeconds(7200))));
    assertThat(second.expectedAt(), is(Optional.of(NOW.plusSeconds(29_700))));
    assertThat(second.expectedLateness(), is(Optional.of(Duration.ofMinutes(375))));
    heartbeat("run-now", new RunProgress(250, 1000));
    assertThat(report().partitions().get(1).expectedLateness(), is(Optional.of(Duration.ZERO)));
  }

  private void heartbeat(String run, RunProgress progress) {
    ledger.runs().heartbeat(key(run), Optional.of(progress));
  }

  private Optional<Instant> expected() {
    return report().partitions().get(1).expectedAt();
  }

  @Test
  void takesARunThatNobodyHasHeardOfForFailed() {
    start("run-dead", NOW.minusSeconds(61), "2001-01-01");

    PartitionReport report = report();
    assertThat(states(report), contains("FAILED, late", "MISSING", "MISSING"));
    assertThat(report.partitions().get(0).note(), is("its process was killed"));
  }

  @Test
  void saysWhyTheLastRunWasNotPublished() {
    start("run-1", NOW.minusSeconds(400), "2001-01-01");
    ledger
        .runs()
        .end(key("run-1"), RunState.FAILED, Optional.of("Cannot read in.gz: it is cut off"));
    start("run-2", NOW.minusSeconds(300), "2001-01-02");
    ledger
        .runs()
        .staged(
            key("run-2"),
            new Counts(2, 1, 1, 0, 0, 0),
            "",
            List.of(
                new AuditEntry("conservation", true, "2 read"),
                new AuditEntry("budget", false, "1 of 2 records rejected")));

    PartitionReport report = report();
    assertThat(states(report), contains("FAILED, late", "FAILED", "MISSING"));
    assertThat(report.partitions().get(0).note(), is("Cannot read in.gz: it is cut off"));
    assertThat(report.partitions().get(1).note(), is("1 of 2 records rejected"));
  }

  @Test
  void saysThatALaterRunHasFailed() throws IOException {
    publish("run-1");
    ledger.publishes().record(List.of(entry("run-1", "2001-01-02T05:00:00Z")));
    start("run-2", NOW.minusSeconds(60), "2001-01-01");
    ledger.runs().end(key("run-2"), RunState.FAILED, Optional.of("No space"));

    PartitionStatus first = report().partitions().get(0);
    assertThat(first.state(), is(PartitionState.PUBLISHED));
    assertThat(first.note(), is("run run-2 has failed since: No space"));
  }

  @Test
  void forgetsAFailureOnceARunOverItWasCancelled() {
    start("run-1", NOW.minusSeconds(400), "2001-01-01");
    ledger.runs().end(key("run-1"), RunState.FAILED, Optional.of("No space"));
    start("run-2", NOW.minusSeconds(300), "2001-01-01");
    ledger.runs().end(key("run-2"), RunState.CANCELLED, Optional.empty());
    assertThat(states(report()), contains("MISSING, late", "MISSING", "MISSING"));
  }

  @Test
  void knowsSlicesThatHaveNoRun() {
    BackfillEntry backfill = backfill(BackfillState.RUNNING);
    ledger
        .backfills()
        .create(
            backfill,
            List.of(
                slice("2001-01-01", SliceState.FAILED, "its input hasn't come"),
                slice("2001-01-02", SliceState.RUNNING, ""),
                slice("2001-01-03", SliceState.PLANNED, "")),
            Duration.ofMinutes(1));

    PartitionReport report = report();
    assertThat(states(report), contains("FAILED, late", "RUNNING", "MISSING"));
    assertThat(report.partitions().get(0).note(), is("its input hasn't come"));
  }

  @Test
  void namesThePartitionAfterTheLastAsTheNext() throws IOException {
    publish("run-1");
    PartitionReport report = statuses().report(List.of(FIRST, SECOND));
    assertThat(
        report.next(),
        is(Optional.of(new PartitionReport.NextDue(THIRD, Instant.parse("2001-01-04T04:00:00Z")))));
    assertThat(report.late(), is(0L));
    assertThat(report.count(PartitionState.PUBLISHED), is(2L));
  }

  @Test
  void knowsHours() throws IOException {
    Path hour = output.resolve("records/dt=2001-01-01/hour=07");
    Files.createDirectories(hour);
    Files.createFile(hour.resolve("_SUCCESS"));
    Files.createDirectories(output.resolve("records/dt=2001-01-01/hour=09"));

    assertThat(statuses().published(), contains("dt=2001-01-01/hour=07"));
    PartitionReport report =
        statuses().report(List.of("dt=2001-01-01/hour=07", "dt=2001-01-01/hour=08"));
    assertThat(states(report), contains("PUBLISHED", "MISSING, late"));
    assertThat(
        report.partitions().get(1).due(), is(Optional.of(Instant.parse("2001-01-01T13:00:00Z"))));
  }

  private PartitionReport report() {
    return statuses().report(DAYS);
  }

  private PartitionStatuses statuses() {
    return PartitionStatuses.of(output, Optional.of(ledger), at(NOW), LATENCY);
  }

  private static List<String> states(PartitionReport report) {
    return report.partitions().stream()
        .map(each -> each.state() + (each.isLate(report.at()) ? ", late" : ""))
        .toList();
  }

  private void publish(String run) throws IOException {
    PublishRun.of(StagedFolder.write(output, run, Manifests.balanced().manifest())).execute();
  }

  private PartitionManifest manifest(String partition) throws IOException {
    return PartitionManifest.in(output.resolve("records/" + partition)).orElseThrow();
  }

  private PublishEntry entry(String run, String at) {
    return new PublishEntry(
        output.toString(),
        "records",
        FIRST,
        run,
        PublishAction.PUBLISH,
        Optional.empty(),
        8,
        10,
        2,
        1,
        Instant.parse(at),
        Optional.empty());
  }

  private RunKey key(String run) {
    return new RunKey(output.toString(), run);
  }

  private RunEntry start(String id, Instant at, String day) {
    RunEntry run =
        new RunEntry(
            id,
            "flights.job.yaml",
            "ingest",
            "1",
            "flights",
            "1.2.0",
            "DirectRunner",
            Optional.of(day(day)),
            output.toString(),
            output.resolve("_staging/" + id).toString(),
            RunState.RUNNING,
            "ada",
            "",
            at,
            at,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ledger.runs().start(run, Optional.empty(), Heartbeat.STALE_AFTER);
    return run;
  }

  /** By a ledger whose clock is at the end of it. */
  private void end(RunEntry run, Instant at) {
    try (Ledger then = open(at)) {
      then.runs().end(run.key(), RunState.PUBLISHED, Optional.empty());
    }
  }

  private Ledger open(Instant at) {
    return Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), at(at));
  }

  private BackfillEntry backfill(BackfillState state) {
    return new BackfillEntry(
        "backfill-1",
        "flights.job.yaml",
        List.of(),
        List.of(),
        output.toString(),
        "[2001-01-01, 2001-01-04) by 1d",
        1,
        "none",
        false,
        state,
        "ada",
        "",
        NOW.minusSeconds(30),
        NOW.minusSeconds(30),
        Optional.empty());
  }

  private static SliceEntry slice(String day, SliceState state, String note) {
    return new SliceEntry(
        day(day),
        state,
        0,
        Optional.empty(),
        note,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Interval day(String day) {
    Instant from = Instant.parse(day + "T00:00:00Z");
    return new Interval(from, from.plus(Duration.ofDays(1)));
  }

  private static Interval days(String from, String to) {
    return new Interval(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
