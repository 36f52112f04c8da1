package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.Legible;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.RuleResult;
import dev.millrace.record.Expectation;

/** The rules of the contract that are counted, and how many records each of them counted. */
final class RuleSection {
  private static final int SHOWN_CHARACTERS = 160;

  private final RunReport report;
  private final Html html;

  RuleSection(RunReport report, Html html) {
    this.report = report;
    this.html = html;
  }

  /** Writes nothing where the contract has no such rules. */
  void write() {
    if (report.rules().isEmpty()) {
      return;
    }
    html.line().open("section").element("h2", "Rules counted over the published records");
    html.open("table", "class", "checks");
    html.open("thead").open("tr");
    html.element("th", "Rule", "scope", "col").element("th", "Finding", "scope", "col");
    html.close().close().open("tbody");
    report.rules().forEach(this::row);
    html.close().close().close();
  }

  private void row(RuleResult result) {
    Expectation expectation = result.expectation();
    html.line().open("tr", "class", result.kept() ? "passed" : "failed");
    html.open("th", "scope", "row");
    html.element("span", verdict(result), "class", "verdict").text(" ");
    String field = expectation.field().isEmpty() ? "the record" : expectation.field();
    html.element("code", Legible.text(field, SHOWN_CHARACTERS)).close();
    html.open("td").element("code", Legible.text(expectation.rule(), SHOWN_CHARACTERS));
    html.text(
        " counts %s of %s (%s), %s"
            .formatted(
                count(result.count()),
                count(result.of(), "record"),
                Quantities.share(result.count(), result.of()),
                expectation.threshold()));
    if (!expectation.description().isEmpty()) {
      html.text(" ");
      html.element(
          "span", Legible.text(expectation.description(), SHOWN_CHARACTERS), "class", "rule");
    }
    html.close().close();
  }

  private static String verdict(RuleResult result) {
    if (result.kept()) {
      return "Kept";
    }
    String severity = result.expectation().severity();
    return result.expectation().isDemanded() ? "Failed" : Legible.text(severity, 20);
  }
}
