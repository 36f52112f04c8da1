package dev.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of the scores, the same as a chart, and as JSON with every single measurement. */
final class Results {
  private final long rows;
  private final List<Score> scores;

  Results(long rows, List<Score> scores) {
    this.rows = rows;
    this.scores = scores;
  }

  /** What the others are compared with: native Flink, or the first if it takes no part. */
  private Score base() {
    return scores.stream()
        .filter(score -> score.contender().key().equals(Contenders.BASE))
        .findFirst()
        .orElse(scores.get(0));
  }

  /** A Markdown table. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | contender | CPU us/row cold | ratio | CPU us/row warm | ratio | CPU s cold | rows/s cold | rows/s warm | peak RSS MiB | output |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        """);
    scores.forEach(score -> table.append(line(score)));
    double limit = physicalLimit();
    if (!Double.isNaN(limit)) {
      table.append(
          String.format(
              Locale.ROOT,
              "| physical limit | | | %.2f | %s | | | | | |%n",
              limit,
              ratio(limit, base().cpuMicros(base().warm()).median())));
    }
    return table.toString();
  }

  private String line(Score score) {
    if (!score.isRight()) {
      return "| " + score.contender().title() + " | WRONG | | | | | | | | |\n";
    }
    Figure cold = score.cpuMicros(score.cold());
    Figure warm = score.cpuMicros(score.warm());
    List<String> cells =
        List.of(
            score.contender().title(),
            cold.text(),
            ratio(cold.median(), base().cpuMicros(base().cold()).median()),
            warm.text(),
            ratio(warm.median(), base().cpuMicros(base().warm()).median()),
            number("%.1f", Figure.of(score.cold(), Measurement::cpuSeconds)),
            number("%.0f", score.rowsPerSecond(score.cold())),
            number("%.0f", score.rowsPerSecond(score.warm())),
            number("%.0f", Figure.of(score.cold(), Measurement::peakRssMiB)),
            score.contender().isLimit() ? "none" : "right");
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String number(String format, Figure figure) {
    return figure.isMeasured() ? String.format(Locale.ROOT, format, figure.median()) : "";
  }

  private static String ratio(double cost, double base) {
    return Double.isNaN(cost / base) ? "" : String.format(Locale.ROOT, "%.2f", cost / base);
  }

  /**
   * What the limits add up to if all took part, else NaN: none of the work is spared by another.
   */
  private double physicalLimit() {
    List<Score> limits = scores.stream().filter(score -> score.contender().isLimit()).toList();
    return limits.size() < 4
        ? Double.NaN
        : limits.stream().mapToDouble(score -> score.cpuMicros(score.warm()).median()).sum();
  }

  /** Writes {@code results.md}, {@code results.svg} and {@code results.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("results.md"), table());
    Files.writeString(folder.resolve("results.svg"), Chart.of(scores, base()).svg());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", rows);
    for (Score score : scores) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rows", score.rows());
      one.put("cold", score.cold());
      one.put("warm", score.warm());
      one.put("differences", score.differences());
      all.put(score.contender().key(), one);
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("results.json").toFile(), all);
  }
}
