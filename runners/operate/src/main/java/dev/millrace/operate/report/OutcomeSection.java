package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.Balance;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the records, drawn as the stream that was read and the channels that it parts
 * into. A channel is as thick as its share, but never too thin to be seen.
 */
final class OutcomeSection {
  /** The heights of the channels' rows, as the style sheet has them. */
  private static final int FIRST_ROW = 112;

  private static final int ROW = 56;
  private static final int MARGIN = 10;
  private static final int WIDTH = 400;
  private static final double THINNEST = 2;

  private final RunReport report;
  private final Html html;
  private final List<Channel> channels;

  OutcomeSection(RunReport report, Html html) {
    this.report = report;
    this.channels = channels(report);
    this.html = html;
  }

  /** One way in which records end. */
  private record Channel(String kind, long records, String name, String meaning) {}

  private static List<Channel> channels(RunReport report) {
    Balance balance = report.balance();
    List<Channel> channels = new ArrayList<>();
    channels.add(
        new Channel(
            "published",
            balance.published(),
            report.state().written(),
            report.state() == RunState.PUBLISHED
                ? "in the records table"
                : "ready, and not published"));
    channels.add(
        new Channel("rejected", balance.rejected(), "rejected", "quarantined as they came"));
    channels.add(
        new Channel(
            "duplicate", balance.duplicates(), "duplicate", "exact copies of kept records"));
    channels.add(new Channel("late", balance.late(), "late", "behind the watermark, set aside"));
    channels.add(
        new Channel("filtered", balance.filtered(), "filtered", "outside of the interval"));
    long lost = balance.read() - balance.accounted();
    if (lost > 0) {
      channels.add(new Channel("lost", lost, "unaccounted for", "read, and found nowhere"));
    }
    return channels;
  }

  void write() {
    Balance balance = report.balance();
    html.line().open("section").element("h2", "Where the records went");
    html.open("div", "class", "flow");
    html.open("p", "class", "source").element("strong", count(balance.read()));
    html.element("span", "read");
    report
        .readBySource()
        .forEach(
            (source, records) ->
                html.element("span", "%s of %s".formatted(count(records), source)));
    html.close();
    stream();
    html.open("ol");
    channels.forEach(this::label);
    html.close().close();
    boolean even = balance.read() == balance.accounted();
    html.open("p", "class", even ? "balance" : "balance broken");
    html.element("strong", even ? "Balanced" : "Does not balance");
    html.text(
        " %s read %s %s"
            .formatted(count(balance.read()), even ? "=" : "≠", balance.outcomes(report.state())));
    html.close().close();
  }

  private void label(Channel channel) {
    html.open("li", "class", channel.records() == 0 ? "none" : channel.kind());
    html.element("strong", count(channel.records()));
    html.element("span", channel.name(), "class", "name");
    html.element(
        "span", Quantities.share(channel.records(), report.balance().read()), "class", "share");
    html.element("span", channel.meaning(), "class", "meaning").close();
  }

  private void stream() {
    int height = FIRST_ROW + ROW * (channels.size() - 1);
    html.line()
        .open(
            "svg",
            "viewBox",
            "0 0 %s %s".formatted(WIDTH, height),
            "preserveAspectRatio",
            "none",
            "style",
            "height:%spx".formatted(height),
            "aria-hidden",
            "true");
    double scale = scale();
    // The first channel runs on straight; the others branch off below it.
    double from = FIRST_ROW / 2.0 - channels.get(0).records() * scale / 2;
    double middle = FIRST_ROW / 2.0;
    for (Channel channel : channels) {
      if (channel.records() > 0) {
        double thickness = thickness(channel, scale);
        html.open("path", "class", channel.kind(), "d", band(from, middle, thickness)).close();
        from += thickness;
      }
      middle += middle == FIRST_ROW / 2.0 ? (FIRST_ROW + ROW) / 2.0 : ROW;
    }
    html.close();
  }

  /** Thickness per record, such that every channel fits into its row. */
  private double scale() {
    double scale = Double.MAX_VALUE;
    int row = FIRST_ROW;
    for (Channel channel : channels) {
      if (channel.records() > 0) {
        scale = Math.min(scale, (row - 2.0 * MARGIN) / channel.records());
      }
      row = ROW;
    }
    return scale;
  }

  private static double thickness(Channel channel, double scale) {
    return Math.max(THINNEST, channel.records() * scale);
  }

  /** A band that starts at a height on the left, and ends around a middle on the right. */
  private static String band(double from, double middle, double thickness) {
    double to = middle - thickness / 2;
    return String.format(
        Locale.ROOT,
        "M0 %1$.1f C%5$d %1$.1f %6$d %2$.1f %7$d %2$.1f V%4$.1f C%6$d %4$.1f %5$d %3$.1f 0 %3$.1f Z",
        from,
        to,
        from + thickness,
        to + thickness,
        WIDTH / 2,
        WIDTH / 2,
        WIDTH);
  }
}
