package dev.millrace.io.table;

import dev.millrace.io.Unwindow;
import dev.millrace.io.WriteException;
import dev.millrace.record.Commit;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Instant;

/**
 * Publishes what a run writes while it goes on: audits each commit of a schedule when the watermark
 * has passed its end, and publishes it if all adds up. Unbounded; tallies are in the windows of the
 * schedule, and files have the end of their commit as their timestamp.
 *
 * <p>A partition that is complete takes the place of the one in the output, in every table, by a
 * rename that brings its {@code _SUCCESS}; what an earlier run had in a table that is empty now
 * goes. Files of other partitions are added to them one by one. The rejects of a commit are a
 * folder of the quarantine, {@code run=<run id>-<commit>}. Last, {@code _runs/<run
 * id>/<commit>.ndjson} lists the files and what became of the records that were read, as a {@link
 * Manifest}: where it is, the commit is published, and it is never written again. A run whose
 * commits have published a partition before replaces only what it completes.
 *
 * <p>A commit is published once the runner has it for certain ({@code @RequiresStableInput}): on
 * Flink when a checkpoint is complete, so that there must be checkpoints; the DirectRunner, which
 * never repeats anything, doesn't wait. Publishing can be repeated: after a failure at any point it
 * goes on with what is missing. Commits of a run are published in their order: one that overtakes
 * another waits in the staging folder.
 *
 * <p>A commit that doesn't add up, or a disk that fails, fails the bundle with a {@link
 * WriteException}; nothing of the commit is published then, or as much as a repetition will
 * complete. Folders are local and on one file system, and one run at a time publishes to them.
 */
public final class PublishCommits extends PTransform<ManifestEntries, PDone> {
  private static final long serialVersionUID = 1L;

  private final CommitFolders folders;
  private final CommitSchedule schedule;
  private final Double maxRejectedPercent;

  private PublishCommits(
      CommitFolders folders, CommitSchedule schedule, Double maxRejectedPercent) {
    this.folders = folders;
    this.schedule = schedule;
    this.maxRejectedPercent = maxRejectedPercent;
  }

  /** Publishes the commits of a schedule from a staging folder to an output folder. */
  public static PublishCommits of(CommitSchedule schedule, String staging, String output) {
    required("staging", staging);
    required("output", output);
    String quarantine = Path.of(output).resolve(CommitFolders.QUARANTINE).toString();
    return new PublishCommits(
        new CommitFolders(schedule.runId(), staging, output, quarantine, Set.of()), schedule, null);
  }

  private static void required(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: " + name);
    }
  }

  /** With the quarantine in another place. */
  public PublishCommits withQuarantine(String folder) {
    required("quarantine", folder);
    return new PublishCommits(folders.withQuarantine(folder), schedule, maxRejectedPercent);
  }

  /** With tables that files are only added to, since they don't wait for their partitions. */
  public PublishCommits withAppended(Set<String> tables) {
    return new PublishCommits(folders.withAppended(tables), schedule, maxRejectedPercent);
  }

  /** With an error budget: a commit with more rejects, in percent of what was read, fails. */
  public PublishCommits withMaxRejectedPercent(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "Invalid maxRejectedPercent: %s (expected a number from 0 to 100)".formatted(percent));
    }
    return new PublishCommits(folders, schedule, percent);
  }

  /** The commits that it publishes. */
  public CommitSchedule schedule() {
    return schedule;
  }

  @Override
  public PDone expand(ManifestEntries entries) {
    KvCoder<Long, Commit> coder = KvCoder.of(VarLongCoder.of(), Commit.CommitCoder.of());
    PCollection<KV<Long, Commit>> files =
        entries
            .files()
            .apply("Files", Flatten.pCollections())
            .apply("FileParts", ParDo.of(new FileParts()))
            .setCoder(coder);
    PCollection<KV<Long, Commit>> tallies =
        entries
            .tallies()
            .apply("Tallies", Flatten.pCollections())
            .apply("SumTallies", Sum.longsPerKey())
            .apply("TallyParts", ParDo.of(new TallyParts(schedule)))
            .setCoder(coder);
    PCollectionList.of(files)
        .and(Unwindow.all("Unwindow", tallies))
        .apply("Together", Flatten.pCollections())
        .apply("KeyByRun", ParDo.of(new KeyByRun(schedule.runId())))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), coder))
        .apply("Assemble", ParDo.of(new AssembleCommits()))
        .setCoder(Commit.CommitCoder.of())
        .apply("Publish", ParDo.of(new Publish(folders, maxRejectedPercent)));
    return PDone.in(entries.getPipeline());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("schedule", schedule.toString()))
        .add(DisplayData.item("staging", folders.staging()))
        .add(DisplayData.item("output", folders.output()))
        .add(DisplayData.item("quarantine", folders.quarantine()))
        .add(DisplayData.item("appended", String.join(",", folders.appended())))
        .addIfNotNull(DisplayData.item("maxRejectedPercent", maxRejectedPercent));
  }

  /** Files by the end of their commit. */
  private static final class FileParts extends DoFn<WrittenFile, KV<Long, Commit>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element WrittenFile file, @Timestamp Instant end, OutputReceiver<KV<Long, Commit>> out) {
      out.output(KV.of(end.getMillis(), Commit.ofFile(CommitSchedule.name(end), file)));
    }
  }

  /** What was read by the commit of its window, and what is due by that of its partition. */
  private static final class TallyParts extends DoFn<KV<Tally, Long>, KV<Long, Commit>> {
    private static final long serialVersionUID = 1L;

    private final CommitSchedule schedule;

    private TallyParts(CommitSchedule schedule) {
      this.schedule = schedule;
    }

    @ProcessElement
    public void process(
        @Element KV<Tally, Long> count,
        BoundedWindow window,
        OutputReceiver<KV<Long, Commit>> out) {
      CommitParts.of(count.getKey(), count.getValue(), (IntervalWindow) window, schedule)
          .forEach((end, part) -> out.output(KV.of(end, part)));
    }
  }

  /** One run, one key: its commits are made and published one after the other. */
  private static final class KeyByRun extends DoFn<KV<Long, Commit>, KV<String, KV<Long, Commit>>> {
    private static final long serialVersionUID = 1L;

    private final String runId;

    private KeyByRun(String runId) {
      this.runId = runId;
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Commit> part, OutputReceiver<KV<String, KV<Long, Commit>>> out) {
      out.output(KV.of(runId, part));
    }
  }

  /** Has no state and no key, so that Beam drops nothing of what waits for a checkpoint. */
  private static final class Publish extends DoFn<Commit, Void> {
    private static final long serialVersionUID = 1L;

    private final CommitFolders folders;
    private final Double maxRejectedPercent;

    private Publish(CommitFolders folders, Double maxRejectedPercent) {
      this.folders = folders;
      this.maxRejectedPercent = maxRejectedPercent;
    }

    @RequiresStableInput
    @ProcessElement
    public void process(@Element Commit commit) {
      OptionalDouble budget =
          maxRejectedPercent == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(maxRejectedPercent);
      new CommitPublication(folders, commit, budget).publish();
    }
  }
}
