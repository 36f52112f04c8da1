package dev.millrace.flink.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/** Writes readings as Prometheus's text, version 0.0.4. */
final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private Family family;
  private double below;

  private Exposition() {}

  static String of(Readings readings) {
    Exposition exposition = new Exposition();
    readings.values().forEach(exposition::write);
    return exposition.text.toString();
  }

  private void write(Series series, double value) {
    if (series.family() != family) {
      family = series.family();
      String name = family.exposedName();
      text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
    }
    if (family.type() == Family.Type.HISTOGRAM) {
      writeHistogram(series, value);
    } else {
      line("", series.labels(), value);
    }
  }

  /** Buckets come in the order of their bounds, each with what was counted above the one before. */
  private void writeHistogram(Series series, double value) {
    if (series.labels().containsKey(Series.BOUND)) {
      below += value;
      line("_bucket", series.labels(), below);
    } else {
      line("_sum", series.labels(), value);
      line("_count", series.labels(), below);
      below = 0;
    }
  }

  private void line(String suffix, SortedMap<String, String> labels, double value) {
    StringJoiner shown = new StringJoiner(",", "{", "}");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      shown.add("%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())));
    }
    text.append(family.exposedName()).append(suffix).append(shown).append(' ');
    text.append(Numbers.text(value)).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
