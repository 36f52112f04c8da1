package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.Legible;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.Rows;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rejected records by reason, and a few of each as they came. */
final class RejectSection {
  private static final int SHOWN_CHARACTERS = 480;
  private static final int SHOWN_MESSAGE = 300;
  private static final int SHOWN_VIOLATIONS = 5;

  /** With more reasons than this, the examples of the others are folded. */
  private static final int UNFOLDED_REASONS = 4;

  private final RunReport report;
  private final Map<String, List<Rejected>> examples;
  private final Html html;
  private final List<Map.Entry<String, Long>> reasons;

  RejectSection(RunReport report, Map<String, List<Rejected>> examples, Html html) {
    this.report = report;
    this.examples = examples;
    this.html = html;
    this.reasons = Rows.byCount(report.rejectedByReason());
  }

  void write() {
    html.line().open("section").element("h2", "Rejected, by reason");
    if (reasons.isEmpty()) {
      html.element("p", "No record was rejected.", "class", "quiet").close();
      return;
    }
    table();
    html.element("h3", "As they came");
    for (int i = 0; i < reasons.size(); i++) {
      examples(reasons.get(i).getKey(), i < UNFOLDED_REASONS);
    }
    html.close();
  }

  private void table() {
    html.line().open("table", "class", "reasons");
    html.open("thead").open("tr");
    html.element("th", "Reason", "scope", "col").element("th", "", "aria-hidden", "true");
    html.element("th", "Records", "scope", "col", "class", "number");
    html.element("th", "Share", "scope", "col", "class", "number");
    html.close().close().open("tbody");
    long most = reasons.get(0).getValue();
    for (Map.Entry<String, Long> reason : reasons) {
      html.line().open("tr").element("th", reason.getKey(), "scope", "row");
      html.open("td", "class", "bar");
      html.element("i", "", "style", "width:" + percent(reason.getValue(), most)).close();
      html.element("td", count(reason.getValue()), "class", "number");
      String share = Quantities.share(reason.getValue(), report.balance().rejected());
      html.element("td", share, "class", "number").close();
    }
    html.close().close();
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / whole);
  }

  private void examples(String reason, boolean unfolded) {
    List<Rejected> shown = examples.getOrDefault(reason, List.of());
    if (shown.isEmpty()) {
      return;
    }
    html.line();
    if (unfolded) {
      html.open("details", "open", "");
    } else {
      html.open("details");
    }
    html.open("summary").element("code", reason);
    html.element(
        "span",
        "%s of %s".formatted(count(shown.size()), count(report.rejectedByReason().get(reason))));
    html.close();
    shown.forEach(this::example);
    html.close();
  }

  private void example(Rejected rejected) {
    RawRecord raw = rejected.raw();
    html.line().open("article");
    html.open("ul");
    rejected.violations().stream().limit(SHOWN_VIOLATIONS).forEach(this::violation);
    int more = rejected.violations().size() - SHOWN_VIOLATIONS;
    if (more > 0) {
      html.element("li", "and " + count(more) + " more");
    }
    html.close();
    html.element("pre", Legible.bytes(raw.payload(), SHOWN_CHARACTERS), "dir", "ltr");
    html.element(
        "p", Legible.text(raw.source(), SHOWN_MESSAGE) + " @ " + raw.offset(), "class", "origin");
    html.close();
  }

  private void violation(Violation violation) {
    html.open("li");
    if (!violation.path().isEmpty()) {
      html.element("code", Legible.text(violation.path(), SHOWN_MESSAGE)).text(" ");
    }
    html.text(Legible.text(violation.message(), SHOWN_MESSAGE));
    if (!violation.rule().isEmpty()) {
      html.text(" ")
          .element("span", Legible.text(violation.rule(), SHOWN_MESSAGE), "class", "rule");
    }
    html.close();
  }
}
