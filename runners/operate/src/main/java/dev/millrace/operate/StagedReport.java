package dev.millrace.operate;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a report to staging, while the rejected records that its page shows are there. */
final class StagedReport {
  static final String JSON = "report.json";
  static final String PAGE = "report.html";

  private StagedReport() {}

  static void write(RunReport report) throws IOException {
    Path staging = report.run().staging();
    Path quarantine = staging.resolve(Tables.QUARANTINE);
    String page =
        ReportPage.of(report, RejectExamples.of(report.rejectedByReason().keySet(), quarantine))
            .html();
    Folders.writeText(staging.resolve(PAGE), page);
    Folders.writeText(staging.resolve(JSON), report.json());
  }
}
