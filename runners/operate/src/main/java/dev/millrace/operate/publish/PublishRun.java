package dev.millrace.operate.publish;

import dev.millrace.io.table.Manifest;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Check;
import dev.millrace.operate.Folders;
import dev.millrace.operate.RunState;
import dev.millrace.operate.Tables;
import dev.millrace.operate.report.RunReport;
import dev.millrace.operate.report.StagedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Audits a staged run and publishes it: all of its partitions, or nothing.
 *
 * <p>If the audit fails, nothing is published; staging is kept, with {@code report.json} and {@code
 * report.html} in it. If it passes, each staged partition gets its manifest and its {@code
 * _SUCCESS} marker and then takes the place of the one in the output by one rename, both included.
 * A run replaces the partitions that it holds records of, and those of the interval that it was
 * asked for, and leaves the others alone: publishing the same slice again appends nothing. What it
 * replaces is kept as an earlier version. The quarantine of a run goes to a folder of its own,
 * {@code run=<run id>}.
 *
 * <p>Failures of the disk undo what was replaced, keep staging and throw {@link PublishException}.
 * A process that is killed leaves old partitions, new ones and none; {@link Recovery}, which the
 * next publish to the output begins with, puts the old ones back, or the new ones if the run had
 * come so far that it counts. Several may publish to an output folder: one waits for the other.
 * Staging, output and quarantine must be local folders on one file system.
 */
public final class PublishRun {
  private final StagedRun run;
  private final PublishSettings settings;
  private final Optional<Path> target;
  private final PublishObserver observer;
  private final Consumer<PublishStep> reached;

  private PublishRun(
      StagedRun run,
      PublishSettings settings,
      Optional<Path> target,
      PublishObserver observer,
      Consumer<PublishStep> reached) {
    this.run = run;
    this.settings = settings;
    this.target = target;
    this.observer = observer;
    this.reached = reached;
  }

  /**
   * Publishes a run. Its options say the error budget ({@code maxRejectedPercent}, none if absent),
   * whether partitions without records are published ({@code allowEmpty}), and how many earlier
   * versions are kept ({@code keepVersions}).
   *
   * @throws IllegalArgumentException if one of these has no meaning
   */
  public static PublishRun of(StagedRun run) {
    return new PublishRun(
        run,
        PublishSettings.of(run.options()),
        Optional.of(run.output()),
        PublishObserver.NONE,
        step -> {});
  }

  /**
   * Sets the error budget: with more rejects than this, in percent of the records read, nothing is
   * published.
   *
   * @throws IllegalArgumentException if it is not from 0 to 100
   */
  public PublishRun withMaxRejectedPercent(double percent) {
    return new PublishRun(run, settings.withMaxRejectedPercent(percent), target, observer, reached);
  }

  /** Only audits, and leaves a run that passes ready for {@link PublishStaged}. */
  public PublishRun stagingOnly() {
    return new PublishRun(run, settings, Optional.empty(), observer, reached);
  }

  /**
   * Publishes a run that passes to another output folder, on the same file system, as {@link
   * PublishStaged#into} does.
   */
  public PublishRun into(Path other) {
    return new PublishRun(
        run, settings, Optional.of(other.toAbsolutePath().normalize()), observer, reached);
  }

  /** With somebody who wants to know how it gets on. */
  public PublishRun withObserver(PublishObserver observer) {
    return new PublishRun(run, settings, target, observer, reached);
  }

  /** With somebody to be told of each step when it is done. */
  PublishRun withSteps(Consumer<PublishStep> reached) {
    return new PublishRun(run, settings, target, observer, reached);
  }

  /**
   * Audits, publishes if that passes, and reports.
   *
   * @return the report; the run was published, or can be, if it is {@link RunReport#balanced()
   *     balanced}
   * @throws PublishException if the disk fails; nothing is published then
   */
  public RunReport execute() {
    RunReport report = auditAndPublish();
    if (report.state() != RunState.STAGED || target.isEmpty()) {
      return report;
    }
    PublishStaged.Published elsewhere =
        PublishStaged.of(run.output(), run.runId()).into(target.get()).publish();
    observer.published(target.get(), elsewhere.partitions());
    return elsewhere.report();
  }

  /** Publishes only to the output that the run was staged in. */
  private RunReport auditAndPublish() {
    boolean here = target.equals(Optional.of(run.output()));
    try (OutputLock lock = OutputLock.of(run.output())) {
      Recovery.of(run.output()).run(lock);
      Manifest manifest = Manifest.read(run.staging().resolve(Manifest.FILE_NAME));
      reached.accept(PublishStep.STAGED);
      RunState ifPassed = here ? RunState.PUBLISHED : RunState.STAGED;
      RunReport report = RunReport.of(run, manifest, audit(manifest), ifPassed);
      writeReport(report);
      Optional<PublicationPlan> plan =
          report.balanced() ? plan(manifest, report) : Optional.empty();
      observer.audited(report);
      reached.accept(PublishStep.PLANNED);
      if (plan.isPresent() && here) {
        Publisher publisher = new Publisher(run.staging(), run.output(), plan.get(), reached);
        observer.published(run.output(), publisher.publish(lock));
      }
      return report;
    }
  }

  /** The plan comes last: with it the run is ready to be published. */
  private Optional<PublicationPlan> plan(Manifest manifest, RunReport report) {
    try {
      RunFacts.of(run, report.checks()).writeTo(run.staging());
      return Optional.of(new PublicationPlanner(run, manifest, settings.keepVersions()).plan());
    } catch (IOException e) {
      throw PublishException.of("run", e);
    }
  }

  private List<Check> audit(Manifest manifest) {
    Map<String, Long> found = new HashMap<>();
    try {
      for (String table : Tables.all(manifest)) {
        Folders.sizes(run.staging().resolve(table))
            .forEach((path, bytes) -> found.put(table + "/" + path, bytes));
      }
    } catch (IOException e) {
      throw PublishException.of("run", e);
    }
    return new Audit(manifest, found, settings, run.contract()).checks();
  }

  private void writeReport(RunReport report) {
    try {
      StagedReport.write(report);
    } catch (IOException e) {
      throw PublishException.of("report", e);
    }
  }
}
