package dev.millrace.operate.backfill;

import dev.millrace.io.InputException;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.JobTarget;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.RunPreview;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.publish.PartitionManifest;
import dev.millrace.operate.publish.PublishedPartitions;
import dev.millrace.operate.run.Intervals;
import dev.millrace.operate.run.RunInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Decides which slices of a job are to be run: those that aren't published, and those that a run
 * would publish otherwise now, since their input, the contract, the pipeline or its options have
 * changed. Costs a read of each slice's input, to know whether it has; runs and changes nothing.
 */
public final class SlicePlanner {
  private final Launcher launcher;
  private final Optional<Ledger> ledger;
  private final JobSpec job;
  private final Reprocess reprocess;
  private final boolean awaitsInput;

  private SlicePlanner(
      Launcher launcher,
      Optional<Ledger> ledger,
      JobSpec job,
      Reprocess reprocess,
      boolean awaitsInput) {
    this.launcher = launcher;
    this.ledger = ledger;
    this.job = job;
    this.reprocess = reprocess;
    this.awaitsInput = awaitsInput;
  }

  /**
   * A planner for the slices of a job.
   *
   * @param ledger what knows of earlier runs; empty where there were none
   */
  public static SlicePlanner of(
      Launcher launcher, Optional<Ledger> ledger, JobSpec job, Reprocess reprocess) {
    return new SlicePlanner(launcher, ledger, job, reprocess, false);
  }

  /** One that also plans slices whose input isn't there yet, since it is waited for. */
  public SlicePlanner awaitingInput() {
    return new SlicePlanner(launcher, ledger, job, reprocess, true);
  }

  /** The job as it runs over one slice. */
  static JobSpec slice(JobSpec job, Interval slice) {
    return job.overriding(
        Map.of("from", Intervals.text(slice.from()), "to", Intervals.text(slice.to())));
  }

  /**
   * The folder that the job publishes to.
   *
   * @throws IllegalArgumentException if the job or its contract are wrong
   */
  public Path output(Interval slice) {
    return launcher.target(slice(job, slice)).output();
  }

  /**
   * The plan for each slice, in the same order.
   *
   * @throws IllegalArgumentException if the job can't be run over one of them
   */
  public List<SlicePlan> plan(Collection<Interval> slices) {
    return slices.stream().map(this::plan).toList();
  }

  private SlicePlan plan(Interval slice) {
    try {
      return plan(slice, launcher.preview(slice(job, slice)));
    } catch (InputException e) {
      if (awaitsInput && e.kind() != InputException.Kind.UNREADABLE) {
        return planAwaited(slice);
      }
      throw cannotRun(slice, e);
    }
  }

  private SlicePlan plan(Interval slice, RunPreview preview) {
    List<String> partitions =
        preview
            .input()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot backfill %s: it does not run over intervals"
                            .formatted(preview.pipeline())))
            .contract()
            .partitions();
    SortedMap<String, PartitionManifest> published =
        PublishedPartitions.of(preview.output(), partitions);
    return published.size() == partitions.size()
        ? planPublished(slice, preview, published)
        : planMissing(slice, preview.output(), partitions, published);
  }

  /** What has become of it can't be compared with what would become of it now. */
  private SlicePlan planAwaited(Interval slice) {
    JobTarget target = launcher.target(slice(job, slice));
    List<String> partitions = target.contract().orElseThrow().partitions();
    SortedMap<String, PartitionManifest> published =
        PublishedPartitions.of(target.output(), partitions);
    return published.size() == partitions.size() && reprocess != Reprocess.COMPLETED
        ? new SlicePlan(slice, partitions, false, "published, and its input isn't there now")
        : planMissing(slice, target.output(), partitions, published);
  }

  private static IllegalArgumentException cannotRun(Interval slice, InputException e) {
    String out =
        e.kind() == InputException.Kind.UNREADABLE
            ? ""
            : " (--allowEmpty publishes the slice without it)";
    return new IllegalArgumentException(
        "Cannot run slice %s: %s%s".formatted(Intervals.text(slice.from()), e.getMessage(), out),
        e);
  }

  private SlicePlan planPublished(
      Interval slice, RunPreview preview, SortedMap<String, PartitionManifest> published) {
    List<String> partitions = List.copyOf(published.keySet());
    Set<String> runs =
        published.values().stream().map(PartitionManifest::run).collect(Collectors.toSet());
    String by = "published by " + runs.stream().sorted().collect(Collectors.joining(", "));
    if (reprocess == Reprocess.COMPLETED) {
      return new SlicePlan(slice, partitions, true, by + ", and to be run again");
    }
    List<String> changes =
        runs.size() == 1
            ? changes(slice, preview, published.get(partitions.get(0)))
            : List.of("not as one slice");
    return changes.isEmpty()
        ? new SlicePlan(slice, partitions, false, by + ", and nothing has changed since")
        : new SlicePlan(slice, partitions, true, by + "; " + String.join(", ", changes));
  }

  private List<String> changes(Interval slice, RunPreview preview, PartitionManifest manifest) {
    RunKey key = new RunKey(preview.output().toString(), manifest.run());
    Optional<RunEntry> run = ledger.flatMap(known -> known.runs().publisher(key));
    Optional<RunInputs> before = run.flatMap(RunEntry::inputs).flatMap(RunInputs::parse);
    if (before.isEmpty()) {
      return List.of("the ledger doesn't know of what");
    }
    if (!run.get().slice().equals(Optional.of(slice))) {
      return List.of("not as this slice");
    }
    List<String> changes = new ArrayList<>();
    if (!manifest.pipelineVersion().equals(preview.pipelineVersion())) {
      changes.add(
          "%s %s is now %s"
              .formatted(
                  preview.pipeline(), manifest.pipelineVersion(), preview.pipelineVersion()));
    }
    Optional<RunInputs> now = RunInputs.of(preview);
    changes.addAll(
        now.isEmpty()
            ? List.of("nobody knows what it reads now")
            : now.get().differences(before.get()));
    return changes;
  }

  private SlicePlan planMissing(
      Interval slice,
      Path output,
      List<String> partitions,
      SortedMap<String, PartitionManifest> published) {
    Optional<RunEntry> last =
        ledger.stream()
            .flatMap(known -> known.runs().of(output.toString()).stream())
            .filter(run -> run.slice().equals(Optional.of(slice)))
            .filter(run -> run.state() == RunState.FAILED || run.state() == RunState.REFUSED)
            .findFirst();
    if (last.isPresent() && reprocess == Reprocess.NONE) {
      return new SlicePlan(
          slice,
          partitions,
          false,
          "run %s has failed (--reprocess-behavior failed repeats it)".formatted(last.get().id()));
    }
    String reason =
        published.isEmpty()
            ? "not published"
            : "%s of %s partitions not published"
                .formatted(partitions.size() - published.size(), partitions.size());
    return new SlicePlan(
        slice,
        partitions,
        true,
        last.map(run -> reason + ", run " + run.id() + " has failed").orElse(reason));
  }
}
