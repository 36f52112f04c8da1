package dev.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The table of the scores, and the same as JSON with every single measurement. */
record StreamTable(long messages, long rate, State state, List<StreamScore> scores) {
  private static final String NONE = "-";

  /**
   * A figure of a score.
   *
   * @param title the head of its column
   * @param format how it is written
   * @param ratio whether a column with its ratio to native Flink's follows
   */
  private record Column(
      String title, String format, boolean ratio, ToDoubleFunction<StreamScore> figure) {

    List<String> heads() {
      return ratio ? List.of(title, "ratio") : List.of(title);
    }

    List<String> cells(StreamScore score, StreamScore base) {
      String cell = text(format, figure.applyAsDouble(score));
      return ratio ? List.of(cell, ratio(score, base)) : List.of(cell);
    }

    private String ratio(StreamScore score, StreamScore base) {
      return text("%.2f", figure.applyAsDouble(score) / figure.applyAsDouble(base));
    }

    private static String text(String format, double number) {
      return Double.isFinite(number) ? String.format(Locale.ROOT, format, number) : NONE;
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("events/s", "%.0f", true, backlog(Saturation::perSecond)),
          new Column("events/s warm", "%.0f", true, backlog(Saturation::warmPerSecond)),
          new Column("CPU us/event", "%.1f", true, backlog(Saturation::cpuMicros)),
          new Column("CPU us/event warm", "%.1f", true, backlog(Saturation::warmCpuMicros)),
          new Column("p50 ms", "%.0f", false, score -> score.steady(Steadiness::p50)),
          new Column("p99 ms", "%.0f", true, score -> score.steady(Steadiness::p99)),
          new Column("checkpoint MiB", "%.1f", true, backlog(Saturation::checkpointMiB)),
          new Column("peak RSS MiB", "%.0f", true, backlog(Saturation::peakRssMiB)));

  private static ToDoubleFunction<StreamScore> backlog(ToDoubleFunction<Saturation> figure) {
    return score -> score.saturation(figure);
  }

  /** What the others are compared with: native Flink, or the first if it takes no part. */
  private StreamScore base() {
    return scores.stream()
        .filter(score -> score.contender().key().equals(StreamContender.BASE))
        .findFirst()
        .orElse(scores.get(0));
  }

  /** A Markdown table below a line that says what was measured. */
  String text() {
    List<String> heads = COLUMNS.stream().flatMap(column -> column.heads().stream()).toList();
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "A backlog of %,d messages, and %,d a second; state: %s%n%n",
            messages,
            rate,
            state.name().toLowerCase(Locale.ROOT)));
    table.append("| contender | ").append(String.join(" | ", heads)).append(" | output |\n");
    table.append("| --- |").append(" ---: |".repeat(heads.size())).append(" --- |\n");
    scores.forEach(score -> table.append(line(score, heads.size())));
    return table.toString();
  }

  private String line(StreamScore score, int figures) {
    String title = "| " + score.contender().title() + " | ";
    if (!score.isRight()) {
      return title + "WRONG |" + " |".repeat(figures) + "\n";
    }
    List<String> cells = new ArrayList<>();
    COLUMNS.forEach(column -> cells.addAll(column.cells(score, base())));
    return title + String.join(" | ", cells) + " | right |\n";
  }

  /** Writes {@code stream-results.md} and {@code stream-results.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("stream-results.md"), text());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("messages", messages);
    all.put("rate", rate);
    all.put("state", state);
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
