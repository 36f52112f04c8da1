package dev.millrace.flink.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes readings as Prometheus's text, version 0.0.4. */
final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private Family family;
  private final SortedMap<Series, Double> buckets = new TreeMap<>();

  private Exposition() {}

  static String of(Readings readings) {
    Exposition exposition = new Exposition();
    readings.values().forEach(exposition::write);
    return exposition.text.toString();
  }

  private void write(Series series, double value) {
    if (series.family().type() != Family.Type.HISTOGRAM) {
      line("", series, value);
    } else if (series.labels().containsKey(Series.BOUND)) {
      buckets.put(series, value);
    } else {
      writeHistogram(series, value);
      buckets.clear();
    }
  }

  /**
   * Buckets come in the order of their bounds, each with what was counted above the one before, and
   * then their sum. A task that starts registers one after the other: until the last bucket and the
   * sum are there, there is no histogram.
   */
  private void writeHistogram(Series sum, double value) {
    buckets.keySet().removeIf(bucket -> !bucket.without(Series.BOUND).equals(sum.labels()));
    if (buckets.containsKey(sum.with(Series.BOUND, Series.INFINITY))) {
      double below = 0;
      for (Map.Entry<Series, Double> bucket : buckets.entrySet()) {
        below += bucket.getValue();
        line("_bucket", bucket.getKey(), below);
      }
      line("_sum", sum, value);
      line("_count", sum, below);
    }
  }

  private void line(String suffix, Series series, double value) {
    begin(series.family());
    StringJoiner shown = new StringJoiner(",", "{", "}");
    for (Map.Entry<String, String> label : series.labels().entrySet()) {
      shown.add("%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())));
    }
    text.append(family.exposedName()).append(suffix).append(shown).append(' ');
    text.append(Numbers.text(value)).append('\n');
  }

  private void begin(Family next) {
    if (next != family) {
      family = next;
      String name = family.exposedName();
      text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
