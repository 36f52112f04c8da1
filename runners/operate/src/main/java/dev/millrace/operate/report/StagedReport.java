package dev.millrace.operate.report;

import dev.millrace.operate.Folders;
import dev.millrace.operate.Tables;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a report to staging, while the rejected records that its page shows are there. */
public final class StagedReport {
  /** The name of the report for programs. */
  public static final String JSON = "report.json";

  /** The name of the report for people. */
  public static final String PAGE = "report.html";

  private StagedReport() {}

  /** Writes both to the folder that the run was staged in. */
  public static void write(RunReport report) throws IOException {
    Path staging = report.run().staging();
    Path quarantine = staging.resolve(Tables.QUARANTINE);
    String page =
        ReportPage.of(report, RejectExamples.of(report.rejectedByReason().keySet(), quarantine))
            .html();
    Folders.writeText(staging.resolve(PAGE), page);
    Folders.writeText(staging.resolve(JSON), report.json());
  }
}
