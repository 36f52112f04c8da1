package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Quantities;
import dev.millrace.record.Rejected;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one page that needs nothing else: styles and charts are in it, and it has no script.
 * It follows the system's light or dark setting, and prints.
 */
final class ReportPage {
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final RunReport report;
  private final Map<String, List<Rejected>> examples;
  private final Html html;

  private ReportPage(RunReport report, Map<String, List<Rejected>> examples) {
    this.report = report;
    this.examples = examples;
    this.html =
        Html.document(
            "%s: %s %s"
                .formatted(report.state().verdict(), report.run().pipeline(), report.run().runId()),
            "report.css");
  }

  /**
   * A page.
   *
   * @param examples some rejected records of each reason, by its code
   */
  static ReportPage of(RunReport report, Map<String, List<Rejected>> examples) {
    return new ReportPage(report, examples);
  }

  String html() {
    header();
    html.open("main");
    new OutcomeSection(report, html).write();
    new RejectSection(report, examples, html).write();
    new RuleSection(report, html).write();
    new HourSection(report, html).write();
    new PartitionSection(report, html).write();
    new CheckSection(report, html).write();
    whereabouts();
    html.close();
    footer();
    return html.finish();
  }

  private void header() {
    html.line().open("header", "class", report.state().code());
    html.element("p", report.run().pipeline() + " run report", "class", "eyebrow");
    html.open("h1").element("span", report.balanced() ? "✓" : "✕", "class", "mark");
    html.text(report.state().verdict()).close();
    html.element("p", sentence(), "class", "lead");
    if (!report.balanced()) {
      html.open("ul", "class", "failures");
      report.failures().forEach(check -> html.element("li", check.message()));
      html.close();
    }
    facts();
    html.close();
  }

  private String sentence() {
    return switch (report.state()) {
      case PUBLISHED -> "%s read, and every one accounted for.".formatted(read());
      case STAGED ->
          "%s read, and every one accounted for. The output is as it was before this run."
              .formatted(read());
      case REFUSED ->
          "%s of %s failed. The output is as it was before this run."
              .formatted(report.failures().size(), count(report.checks().size(), "check"));
    };
  }

  private String read() {
    return count(report.balance().read(), "record");
  }

  private void facts() {
    StagedRun run = report.run();
    html.line().open("dl", "class", "facts");
    fact("Run", run.runId());
    fact("Pipeline", run.pipeline() + " " + run.pipelineVersion());
    fact("Runner", run.runner());
    fact(
        "Contract",
        (report.run().contract().id() + " " + report.run().contract().version()).strip());
    fact("Interval", interval());
    fact("Started", STARTED.format(run.startedAt()));
    fact("Took", Quantities.duration(run.elapsed()));
    html.close();
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name);
    html.element("dd", value.isEmpty() ? "not given" : value).close();
  }

  private String interval() {
    String from = report.option("from");
    String to = report.option("to");
    return from.isEmpty() && to.isEmpty()
        ? "all of the input"
        : "[%s, %s)".formatted(from.isEmpty() ? "…" : from, to.isEmpty() ? "…" : to);
  }

  private void whereabouts() {
    html.line().open("section").element("h2", "Where things are");
    html.open("dl", "class", "paths");
    report
        .paths()
        .forEach(
            (name, path) ->
                html.element("dt", name).open("dd").element("code", path.toString()).close());
    html.close().close();
  }

  private void footer() {
    Map<String, String> versions = report.versions();
    html.line()
        .element(
            "footer",
            "Millrace %s · Beam %s · Java %s · %s"
                .formatted(
                    versions.get("millrace"),
                    versions.get("beam"),
                    versions.get("java"),
                    versions.get("engine")));
  }
}
