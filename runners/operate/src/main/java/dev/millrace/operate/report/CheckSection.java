package dev.millrace.operate.report;

import dev.millrace.operate.Check;

/** What the audit asked and the answers, and what of the contract nothing asked for. */
final class CheckSection {
  private final RunReport report;
  private final Html html;

  CheckSection(RunReport report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    html.line().open("section").element("h2", "Audit");
    html.open("table", "class", "checks");
    html.open("thead").open("tr");
    html.element("th", "Check", "scope", "col").element("th", "Finding", "scope", "col");
    html.close().close().open("tbody");
    for (Check check : report.checks()) {
      html.line().open("tr", "class", check.passed() ? "passed" : "failed");
      html.open("th", "scope", "row");
      html.element("span", check.passed() ? "Passed" : "Failed", "class", "verdict");
      html.text(" ").element("code", check.name()).close();
      html.element("td", check.message()).close();
    }
    html.close().close();
    if (!report.run().contract().unchecked().isEmpty()) {
      html.element("h3", "In the contract, and not checked by this version");
      html.open("ul", "class", "unchecked");
      report.run().contract().unchecked().forEach(line -> html.element("li", line));
      html.close();
    }
    html.close();
  }
}
