package dev.millrace.operate.publish;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Check;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.RunState;
import dev.millrace.operate.StagedFolder;
import dev.millrace.operate.report.RunReport;
import dev.millrace.record.Expectation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports of runs that never touched a disk; versions are fixed. */
public final class Reports {
  private Reports() {}

  public static RunReport of(Manifests run, Expectation... expectations) {
    return of(RunState.PUBLISHED, run, expectations);
  }

  public static RunReport of(RunState ifPassed, Manifests run, Expectation... expectations) {
    StagedRun staged =
        StagedFolder.run(
            Path.of("/out"),
            "run-1",
            Map.of("from", "2001-01-01", "to", "2001-01-03"),
            expectations);
    List<Check> checks =
        new Audit(
                run.manifest(),
                run.sizes(),
                PublishSettings.of(staged.options()),
                staged.contract())
            .checks();
    RunReport report = RunReport.of(staged, run.manifest(), checks, ifPassed);
    return new RunReport(
        report.run(),
        report.state(),
        report.balance(),
        report.readBySource(),
        report.rejectedByReason(),
        report.tables(),
        report.hours(),
        report.rules(),
        report.checks(),
        report.paths(),
        new TreeMap<>(
            Map.of("millrace", "1.0", "beam", "2.70.0", "java", "17", "engine", "DirectRunner")));
  }
}
