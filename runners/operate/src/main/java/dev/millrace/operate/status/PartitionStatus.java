package dev.millrace.operate.status;

import dev.millrace.operate.publish.PartitionManifest;
import dev.millrace.record.Disposition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one partition is.
 *
 * @param partition the partition, such as {@code dt=2001-01-15}
 * @param state how far it is
 * @param rows its rows, if it is published or staged and somebody has counted them
 * @param rejects the rejected records that are known to belong to it, likewise
 * @param version how often it was published, if it is and its manifest says so
 * @param run the run that it is of: the one that readers see, or else that is at it, or was last
 * @param publishedAt when what readers see came there, if the ledger knows
 * @param arrivedAt when readers first saw the partition, if the ledger knows
 * @param due when it has to be there, if anybody said so
 * @param expectedAt when a run that is at it may be done, going by how far it is, or by earlier
 *     ones
 * @param note what else there is to say, such as why it has failed; mostly empty
 */
public record PartitionStatus(
    String partition,
    PartitionState state,
    OptionalLong rows,
    OptionalLong rejects,
    OptionalLong version,
    Optional<String> run,
    Optional<Instant> publishedAt,
    Optional<Instant> arrivedAt,
    Optional<Instant> due,
    Optional<Instant> expectedAt,
    String note) {

  /** One of which nothing else is known. */
  static PartitionStatus of(String partition, PartitionState state, Optional<Instant> due) {
    return new PartitionStatus(
        partition,
        state,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        due,
        Optional.empty(),
        "");
  }

  /** With what its manifest says; only what is published has a version for good. */
  PartitionStatus withManifest(PartitionManifest manifest) {
    return new PartitionStatus(
        partition,
        state,
        OptionalLong.of(manifest.rows()),
        OptionalLong.of(manifest.balance().getOrDefault(Disposition.REJECTED.code(), 0L)),
        state == PartitionState.PUBLISHED
            ? OptionalLong.of(manifest.version())
            : OptionalLong.empty(),
        Optional.of(manifest.run()),
        publishedAt,
        arrivedAt,
        due,
        expectedAt,
        note);
  }

  PartitionStatus withTimes(Optional<Instant> publishedAt, Optional<Instant> arrivedAt) {
    return new PartitionStatus(
        partition,
        state,
        rows,
        rejects,
        version,
        run,
        publishedAt,
        arrivedAt,
        due,
        expectedAt,
        note);
  }

  PartitionStatus withRun(Optional<String> run, Optional<Instant> expectedAt) {
    return new PartitionStatus(
        partition,
        state,
        rows,
        rejects,
        version,
        run,
        publishedAt,
        arrivedAt,
        due,
        expectedAt,
        note);
  }

  PartitionStatus withNote(String note) {
    return new PartitionStatus(
        partition,
        state,
        rows,
        rejects,
        version,
        run,
        publishedAt,
        arrivedAt,
        due,
        expectedAt,
        note);
  }

  /**
   * How late it came, or is by now; zero if it is in time, empty if nobody knows, or has said when
   * it is due.
   */
  public Optional<Duration> lateness(Instant now) {
    Optional<Instant> until = state == PartitionState.PUBLISHED ? arrivedAt : Optional.of(now);
    return due.flatMap(
        time -> until.map(at -> at.isAfter(time) ? Duration.between(time, at) : Duration.ZERO));
  }

  /**
   * How late it will have come when a run that is at it is done; zero if in time, empty if nobody
   * knows.
   */
  public Optional<Duration> expectedLateness() {
    return due.flatMap(
        time ->
            expectedAt.map(at -> at.isAfter(time) ? Duration.between(time, at) : Duration.ZERO));
  }

  /** Whether it isn't there although it has to be by now. */
  public boolean isLate(Instant now) {
    return state != PartitionState.PUBLISHED && due.filter(now::isAfter).isPresent();
  }
}
