package dev.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of the scores, and the same as JSON with every single measurement. */
final class Results {
  private final long rows;
  private final List<Score> scores;

  Results(long rows, List<Score> scores) {
    this.rows = rows;
    this.scores = scores;
  }

  /** A Markdown table; the last row is the last contender's share of the first one's cost. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | contender | CPU us/row cold | CPU us/row warm | wall s cold | wall s warm | peak RSS MiB | output |
        | --- | ---: | ---: | ---: | ---: | ---: | --- |
        """);
    scores.forEach(score -> table.append(line(score)));
    if (scores.size() > 1 && scores.stream().allMatch(one -> one.differences().isEmpty())) {
      table.append(ratio(scores.get(scores.size() - 1), scores.get(0)));
    }
    return table.toString();
  }

  private String line(Score score) {
    if (!score.differences().isEmpty()) {
      return String.format(Locale.ROOT, "| %s | WRONG | | | | | |%n", score.contender().title());
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.1f | %.0f | right |%n",
        score.contender().title(),
        cpu(score.cold()),
        cpu(score.warm()),
        Score.median(score.cold(), Measurement::wallSeconds),
        Score.median(score.warm(), Measurement::wallSeconds),
        Score.median(score.cold(), Measurement::peakRssMiB));
  }

  private String ratio(Score score, Score base) {
    return String.format(
        Locale.ROOT,
        "| %s / %s | %.2f | %.2f | %.2f | %.2f | %.2f | |%n",
        score.contender().title(),
        base.contender().title(),
        cpu(score.cold()) / cpu(base.cold()),
        cpu(score.warm()) / cpu(base.warm()),
        share(score.cold(), base.cold()),
        share(score.warm(), base.warm()),
        Score.median(score.cold(), Measurement::peakRssMiB)
            / Score.median(base.cold(), Measurement::peakRssMiB));
  }

  private static double share(List<Measurement> part, List<Measurement> base) {
    return Score.median(part, Measurement::wallSeconds)
        / Score.median(base, Measurement::wallSeconds);
  }

  private double cpu(List<Measurement> measurements) {
    return Score.median(measurements, Measurement::cpuSeconds) * 1e6 / rows;
  }

  /** Writes {@code results.md} and {@code results.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("results.md"), table());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", rows);
    for (Score score : scores) {
      Map<String, Object> one = new LinkedHashMap<>();
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
