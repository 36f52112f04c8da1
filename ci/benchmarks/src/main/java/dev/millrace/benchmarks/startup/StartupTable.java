package dev.millrace.benchmarks.startup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The medians as two tables, and every single process as JSON. */
record StartupTable(List<StartupScore> scores) {
  private static final String HEAD = "| command | archive |";

  /** What a process takes, and what its time goes to, as tables in Markdown. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(HEAD)
        .append(" wall s | CPU s | peak RSS MiB | classes | archived | loading them s | output |\n")
        .append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
    scores.forEach(score -> text.append(cost(score)));
    text.append('\n').append(HEAD);
    text.append(" script | JVM | command line | construction | Flink | work | publish, end |\n")
        .append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    scores.forEach(score -> text.append(phases(score)));
    return text.toString();
  }

  private static String cost(StartupScore score) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %.2f | %.2f | %.0f | %.0f | %.0f | %.2f | %s |%n",
        score.command().title(),
        score.archive().text,
        score.median(Start::wallSeconds),
        score.median(Start::cpuSeconds),
        score.median(Start::peakRssMiB),
        score.median(start -> start.counters().classes()),
        score.median(start -> start.counters().archived()),
        score.median(start -> start.counters().classSeconds()),
        output(score));
  }

  private static String output(StartupScore score) {
    if (!score.differences().isEmpty()) {
      return "WRONG";
    }
    return score.command().truth().isPresent() ? "right" : "";
  }

  private static String phases(StartupScore score) {
    List<ToDoubleFunction<Phases>> parts =
        List.of(
            Phases::script,
            Phases::jvm,
            Phases::commandLine,
            Phases::construction,
            Phases::engine,
            Phases::work,
            Phases::end);
    List<String> cells = new ArrayList<>();
    cells.add('`' + score.command().title() + '`');
    cells.add(score.archive().text);
    for (ToDoubleFunction<Phases> part : parts) {
      double seconds = score.median(start -> part.applyAsDouble(start.phases()));
      cells.add(String.format(Locale.ROOT, "%.2f", seconds));
    }
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Writes {@code startup.md} and {@code startup.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("startup.md"), text());
    List<Map<String, Object>> all = new ArrayList<>();
    for (StartupScore score : scores) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("command", score.command().title());
      one.put("archive", score.archive().text);
      one.put("starts", score.starts().stream().map(StartupTable::json).toList());
      one.put("differences", score.differences());
      all.add(one);
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("startup.json").toFile(), all);
  }

  private static Map<String, Object> json(Start start) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("wallSeconds", start.wallSeconds());
    json.put("cpuSeconds", start.cpuSeconds());
    json.put("peakRssMiB", start.peakRssMiB());
    json.put("classes", start.counters().classes());
    json.put("archivedClasses", start.counters().archived());
    json.put("classSeconds", start.counters().classSeconds());
    json.put("phases", start.phases());
    return json;
  }
}
