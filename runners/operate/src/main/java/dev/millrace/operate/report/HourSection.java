package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The published rows by UTC day and hour: a heat map with a bar for each day. */
final class HourSection {
  private static final int SHOWN_DAYS = 100;
  private static final int STEPS = 5;

  private static final int LABEL = 116;
  private static final int CELL = 25;
  private static final int GRID = 24 * CELL;
  private static final int BAR = 180;
  private static final int WIDTH = LABEL + GRID + BAR + 104;
  private static final int HEAD = 22;

  private final RunReport report;
  private final Html html;
  private final SortedMap<String, Long> days = new TreeMap<>();
  private final long mostInHour;
  private final long mostInDay;

  HourSection(RunReport report, Html html) {
    this.report = report;
    this.html = html;
    report
        .hours()
        .forEach((hour, rows) -> days.merge(hour.substring(0, hour.indexOf('T')), rows, Long::sum));
    this.mostInHour = report.hours().values().stream().mapToLong(Long::longValue).max().orElse(0);
    this.mostInDay = days.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  void write() {
    if (days.isEmpty()) {
      return;
    }
    html.line().open("section").element("h2", "Rows by hour");
    html.open("p", "class", "legend").text("Event time, UTC. An hour holds ");
    for (int step = 1; step <= STEPS; step++) {
      html.element("i", "", "class", "q" + step);
      html.text((step == 1 ? "1" : count(floor(step))) + (step < STEPS ? " " : " or more rows"));
    }
    html.close();
    html.open("div", "class", "scroll");
    chart(days.keySet().stream().limit(SHOWN_DAYS).toList());
    html.close();
    if (days.size() > SHOWN_DAYS) {
      String more = "The first %s of %s days.".formatted(SHOWN_DAYS, count(days.size()));
      html.element("p", more, "class", "quiet");
    }
    html.close();
  }

  private void chart(List<String> shown) {
    int row = shown.size() > 40 ? 15 : 22;
    String box = "0 0 %s %s".formatted(WIDTH, HEAD + row * shown.size());
    html.open("svg", "class", "hours", "viewBox", box, "role", "img");
    html.element(
        "title",
        "Published rows of %s by hour; the table of partitions has the sums"
            .formatted(count(days.size(), "day")));
    for (int hour = 0; hour < 24; hour += 3) {
      text(LABEL + hour * CELL, HEAD - 8, "axis", "%s%s".formatted(hour / 10, hour % 10));
    }
    for (int i = 0; i < shown.size(); i++) {
      day(shown.get(i), HEAD + i * row, row);
    }
    html.close();
  }

  private void day(String day, int top, int row) {
    int baseline = top + row / 2 + 4;
    html.line();
    text(0, baseline, "day", day + " " + weekday(day));
    for (int hour = 0; hour < 24; hour++) {
      String name = String.format(Locale.ROOT, "%sT%02d", day, hour);
      long rows = report.hours().getOrDefault(name, 0L);
      rect("q" + step(rows), LABEL + hour * CELL, top + 1, CELL - 2, row - 2);
      html.element("title", name + ":00 UTC: " + count(rows, "row")).close();
    }
    double width = Math.max(1, (double) BAR * days.get(day) / mostInDay);
    rect("total", LABEL + GRID + 14, top + 3, width, row - 6);
    html.close();
    text(LABEL + GRID + 22 + width, baseline, "sum", count(days.get(day)));
  }

  /** Opens a rectangle, so that it can be given a title. */
  private void rect(String kind, double x, double y, double width, double height) {
    html.open(
        "rect",
        "class",
        kind,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height));
  }

  private void text(double x, double y, String kind, String text) {
    html.element("text", text, "class", kind, "x", number(x), "y", number(y));
  }

  /** The shade of an hour: 0 for none, otherwise by equal steps up to the fullest hour. */
  private int step(long rows) {
    int step = 0;
    while (step < STEPS && rows > 0 && rows >= floor(step + 1)) {
      step++;
    }
    return step;
  }

  private long floor(int step) {
    return Math.max(step, (long) Math.ceil((step - 1) / (double) STEPS * mostInHour));
  }

  private static String weekday(String day) {
    return LocalDate.parse(day).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replace(".0", "");
  }
}
