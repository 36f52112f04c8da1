package dev.millrace.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table for each curve, and how its cost grows; the same as JSON. */
record ScaleTable(List<CurveScore> curves) {
  private static final double MICROS = 1e6;

  /** In Markdown. */
  String text() {
    StringBuilder text = new StringBuilder();
    curves.forEach(curve -> append(text, curve));
    return text.append("All with a heap of at most ")
        .append(JavaCommand.HEAP)
        .append('\n')
        .toString();
  }

  private static void append(StringBuilder text, CurveScore curve) {
    text.append(
        """
        | %s | rows | CPU us/row cold | CPU us/row warm | rows/s warm | peak RSS MiB | output |
        | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        """
            .formatted(curve.curve().axis()));
    for (int i = 0; i < curve.scores().size(); i++) {
      text.append(line(curve.curve().points().get(i), curve.scores().get(i)));
    }
    text.append('\n').append(growth("cold", curve.cold())).append(growth("warm", curve.warm()));
    text.append('\n');
  }

  private static String line(Point point, PointScore score) {
    return String.format(
        Locale.ROOT,
        "| %,.0f | %,d | %.2f | %.2f | %.0f | %d | %s |%n",
        point.x(),
        point.rows(),
        score.coldSeconds() * MICROS / point.rows(),
        score.warmSeconds() * MICROS / point.rows(),
        point.rows() / score.warmWallSeconds(),
        score.peakRssMiB(),
        score.isRight() ? "right" : "WRONG");
  }

  private static String growth(String what, Growth growth) {
    String exponent =
        Double.isNaN(growth.exponent())
            ? "rises at too few points for an exponent"
            : String.format(Locale.ROOT, "grows with exponent %.2f", growth.exponent());
    return String.format(
        Locale.ROOT,
        "CPU %s %s, to %.2f times that of the first point%s%n",
        what,
        exponent,
        growth.factor(),
        growth.isTooFast() ? ": TOO FAST" : "");
  }

  /** Writes {@code scale.md} and {@code scale.json}. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("scale.md"), text());
    List<Map<String, Object>> all = new ArrayList<>();
    for (CurveScore curve : curves) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("axis", curve.curve().axis());
      one.put("points", curve.curve().points());
      one.put("scores", curve.scores());
      one.put("cold", curve.cold());
      one.put("warm", curve.warm());
      all.add(one);
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("scale.json").toFile(), all);
  }
}
