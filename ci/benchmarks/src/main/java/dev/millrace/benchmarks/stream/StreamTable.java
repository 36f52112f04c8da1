package dev.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of the scores, and the same as JSON with every single measurement. */
record StreamTable(long messages, long rate, List<StreamScore> scores) {
  /** A Markdown table; the last row is the last contender beside the first one. */
  String text() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | contender | events/s | events/s warm | CPU us/event | CPU us/event warm | p50 ms | p99 ms | checkpoint MiB | peak RSS MiB | output |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        """);
    scores.forEach(score -> table.append(line(score)));
    if (scores.size() > 1 && scores.stream().allMatch(one -> one.differences().isEmpty())) {
      table.append(ratio(scores.get(scores.size() - 1), scores.get(0)));
    }
    return table.toString();
  }

  private static double[] figures(StreamScore score) {
    return new double[] {
      score.saturation(Saturation::perSecond),
      score.saturation(Saturation::warmPerSecond),
      score.saturation(Saturation::cpuMicros),
      score.saturation(Saturation::warmCpuMicros),
      score.steady(Steadiness::p50),
      score.steady(Steadiness::p99),
      score.saturation(Saturation::checkpointMiB),
      score.saturation(Saturation::peakRssMiB)
    };
  }

  private static String line(StreamScore score) {
    String title = score.contender().title();
    if (!score.differences().isEmpty()) {
      return "| %s | WRONG | | | | | | | | |%n".formatted(title);
    }
    double[] figure = figures(score);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.1f | %.1f | %.0f | %.0f | %.1f | %.0f | right |%n",
        title,
        figure[0],
        figure[1],
        figure[2],
        figure[3],
        figure[4],
        figure[5],
        figure[6],
        figure[7]);
  }

  private static String ratio(StreamScore score, StreamScore base) {
    StringBuilder line = new StringBuilder();
    line.append("| ").append(score.contender().title()).append(" / ");
    line.append(base.contender().title()).append(" |");
    double[] part = figures(score);
    double[] whole = figures(base);
    for (int i = 0; i < part.length; i++) {
      line.append(String.format(Locale.ROOT, " %.2f |", part[i] / whole[i]));
    }
    return line.append(" |\n").toString();
  }

  /** Writes {@code stream-results.md} and {@code stream-results.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("stream-results.md"), text());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("messages", messages);
    all.put("rate", rate);
    for (StreamScore score : scores) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("saturation", score.saturations());
      one.put("steady", score.steady());
      one.put("differences", score.differences());
      all.put(score.contender().key(), one);
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("stream-results.json").toFile(), all);
  }
}
