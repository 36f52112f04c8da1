package dev.millrace.operate;

import dev.millrace.io.Manifest;
import dev.millrace.launch.StagedRun;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Audits a staged run and publishes it: all of its partitions, or nothing.
 *
 * <p>If the audit fails, nothing is published; staging is kept, with {@code report.json} and {@code
 * report.html} in it. If it passes, each staged partition gets its {@code _SUCCESS} marker and then
 * takes the place of the one in the output by one rename, marker included. A run replaces the
 * partitions that it holds records of, and leaves the others alone: publishing the same slice again
 * appends nothing. The quarantine of a run goes to a folder of its own, {@code run=<run id>}.
 *
 * <p>Failures of the disk undo what was replaced, keep staging and throw {@link PublishException};
 * executing again, also after the process was killed half way, starts by putting everything back.
 * One run at a time may publish to an output folder. Staging, output and quarantine must be local
 * folders on one file system.
 */
public final class PublishRun {
  static final String REPORT_JSON = "report.json";
  static final String REPORT_PAGE = "report.html";

  private final StagedRun run;
  private final OptionalDouble maxRejectedPercent;

  private PublishRun(StagedRun run, OptionalDouble maxRejectedPercent) {
    this.run = run;
    this.maxRejectedPercent = maxRejectedPercent;
  }

  /**
   * Publishes a run. Its options say the error budget ({@code maxRejectedPercent}, none if absent).
   *
   * @throws IllegalArgumentException if the error budget is not a percentage
   */
  public static PublishRun of(StagedRun run) {
    String budget = run.options().getOrDefault("maxRejectedPercent", "");
    PublishRun unlimited = new PublishRun(run, OptionalDouble.empty());
    return budget.isEmpty() ? unlimited : unlimited.withMaxRejectedPercent(percent(budget));
  }

  /**
   * Sets the error budget: with more rejects than this, in percent of the records read, nothing is
   * published.
   *
   * @throws IllegalArgumentException if it is not from 0 to 100
   */
  public PublishRun withMaxRejectedPercent(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw invalidPercent(Double.toString(percent), null);
    }
    return new PublishRun(run, OptionalDouble.of(percent));
  }

  /**
   * Audits, publishes if that passes, and reports.
   *
   * @return the report; the run was published if it is {@link RunReport#balanced() balanced}
   * @throws PublishException if the disk fails; nothing is published then
   */
  public RunReport execute() {
    Manifest manifest = Manifest.read(run.staging().resolve(Manifest.FILE_NAME));
    Publication publication = Publication.of(run, manifest);
    publication.recover();
    RunReport report = RunReport.of(run, manifest, audit(manifest));
    writeReport(report);
    if (report.balanced()) {
      publication.publish(this::publishReport);
      removeStaging();
    }
    return report;
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
    List<RuleResult> rules = RuleResult.of(run.contract(), manifest);
    return new Audit(manifest, found, maxRejectedPercent, rules).checks();
  }

  /** To staging first, while the rejected records that the page shows are there. */
  private void writeReport(RunReport report) {
    try {
      Path quarantine = run.staging().resolve(Tables.QUARANTINE);
      String page =
          ReportPage.of(report, RejectExamples.of(report.rejectedByReason().keySet(), quarantine))
              .html();
      write(run.staging().resolve(REPORT_PAGE), page);
      write(run.staging().resolve(REPORT_JSON), report.json());
    } catch (IOException e) {
      throw PublishException.of("report", e);
    }
  }

  /** A full disk does not say by itself which file it was full for. */
  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void publishReport() throws IOException {
    for (String report : List.of(REPORT_PAGE, REPORT_JSON)) {
      Files.move(
          run.staging().resolve(report),
          run.output().resolve(report),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void removeStaging() {
    try {
      Folders.delete(run.staging());
    } catch (IOException e) {
      throw PublishException.afterwards(run.staging(), e);
    }
  }

  private static double percent(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw invalidPercent(text, e);
    }
  }

  private static IllegalArgumentException invalidPercent(String text, Exception cause) {
    return new IllegalArgumentException(
        "Invalid maxRejectedPercent: %s (expected a number from 0 to 100)".formatted(text), cause);
  }
}
