package dev.millrace.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A bar chart of what a row costs, as SVG: for each contender a bar cold and a bar warm, with what
 * it is to the base beside it. Its colours are those of a light page or of a dark one.
 */
final class Chart {
  private static final int WIDTH = 900;
  private static final int LEFT = 290;
  private static final int RIGHT = 170;
  private static final int TOP = 64;
  private static final int ROW = 46;
  private static final int BAR = 15;

  private static final String STYLE =
      """
      <style>
        text { font: 14px system-ui, sans-serif; fill: #1f2328; }
        .title { font-weight: 600; font-size: 16px; }
        .figure { font-size: 12px; }
        .cold { fill: #8c959f; }
        .warm { fill: #0969da; }
        .page { fill: #ffffff; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .cold { fill: #6e7681; }
          .warm { fill: #58a6ff; }
          .page { fill: #0d1117; }
        }
      </style>
      """;

  private final List<Score> scores;
  private final Score base;
  private final double most;

  private Chart(List<Score> scores, Score base) {
    this.scores = scores;
    this.base = base;
    this.most =
        scores.stream()
            .mapToDouble(score -> Math.max(measured(cold(score)), measured(warm(score))))
            .max()
            .orElse(1);
  }

  /** A chart of those whose output is right. */
  static Chart of(List<Score> scores, Score base) {
    return new Chart(scores.stream().filter(Score::isRight).toList(), base);
  }

  String svg() {
    int height = TOP + ROW * scores.size() + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
            WIDTH,
            height));
    svg.append(STYLE);
    svg.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
    text(svg, 16, 26, "title", "CPU microseconds a row, and how many times " + name(base));
    legend(svg, 16, "cold", "cold: the whole process, start included");
    legend(svg, LEFT + 60, "warm", "warm: again in the same process");
    for (int i = 0; i < scores.size(); i++) {
      bars(svg, scores.get(i), TOP + ROW * i);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void legend(StringBuilder svg, int x, String kind, String what) {
    rectangle(svg, x, 38, 12, 12, kind);
    text(svg, x + 18, 49, "figure", what);
  }

  private void bars(StringBuilder svg, Score score, int y) {
    text(svg, 16, y + 23, "name", name(score));
    bar(svg, cold(score), cold(base), y + 3, "cold");
    bar(svg, warm(score), warm(base), y + 3 + BAR + 2, "warm");
  }

  private void bar(StringBuilder svg, double cost, double baseCost, int y, String kind) {
    if (Double.isNaN(cost)) {
      return;
    }
    double width = Math.max(1, (WIDTH - LEFT - RIGHT) * cost / most);
    rectangle(svg, LEFT, y, width, BAR, kind);
    String ratio =
        Double.isNaN(baseCost) ? "" : String.format(Locale.ROOT, " (x %.2f)", cost / baseCost);
    text(svg, LEFT + width + 6, y + 12, "figure", String.format(Locale.ROOT, "%.1f", cost) + ratio);
  }

  private static void rectangle(
      StringBuilder svg, double x, double y, double width, double height, String kind) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>%n",
            kind,
            x,
            y,
            width,
            height));
  }

  private static void text(StringBuilder svg, double x, double y, String kind, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            kind,
            x,
            y,
            escaped));
  }

  private static double cold(Score score) {
    return score.cpuMicros(score.cold()).median();
  }

  private static double warm(Score score) {
    return score.cpuMicros(score.warm()).median();
  }

  private static double measured(double figure) {
    return Double.isNaN(figure) ? 0 : figure;
  }

  private static String name(Score score) {
    return score.contender().title();
  }
}
