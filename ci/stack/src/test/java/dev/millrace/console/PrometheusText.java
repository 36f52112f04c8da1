package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus's text format 0.0.4, read more strictly than Prometheus does: every family has its
 * help and type, comes once, and has no series twice; histograms add up.
 */
final class PrometheusText {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][\\w:]*) (\\S.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (counter|gauge|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][\\w:]*)\\{((?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*)} "
              + "(-?\\d+(?:\\.\\d+)?)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Map<Map<String, String>, Double>> samples = new TreeMap<>();
  private String family;

  private PrometheusText() {}

  static PrometheusText parse(String text) {
    PrometheusText parsed = new PrometheusText();
    if (!text.isEmpty()) {
      assertThat(text, endsWith("\n"));
      text.lines().forEach(parsed::line);
      parsed.checkHistograms();
    }
    return parsed;
  }

  private void line(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    if (help.matches()) {
      family = help.group(1);
      assertThat("a family comes once", types.put(family, ""), is(nullValue()));
    } else if (type.matches()) {
      assertThat("a type is that of the help before", type.group(1), is(family));
      assertThat("a type comes once", types.put(family, type.group(2)), is(""));
    } else {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(line, sample.matches());
    String name = sample.group(1);
    String suffix = name.startsWith(family) ? name.substring(family.length()) : "of another family";
    boolean histogram = types.get(family).equals("histogram");
    assertThat(
        line, histogram ? Set.of("_bucket", "_sum", "_count").contains(suffix) : suffix.isEmpty());
    assertThat(line, !types.get(family).equals("counter") || name.endsWith("_total"));
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(sample.group(2));
    while (label.find()) {
      assertThat("a label comes once", labels.put(label.group(1), label.group(2)), is(nullValue()));
    }
    Map<Map<String, String>, Double> series = samples.computeIfAbsent(name, any -> new HashMap<>());
    assertThat(
        "a series comes once: " + line,
        series.put(labels, Double.parseDouble(sample.group(3))),
        is(nullValue()));
  }

  private void checkHistograms() {
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            samples.get(name + "_count").forEach((labels, count) -> check(name, labels, count));
          }
        });
  }

  private void check(String name, Map<String, String> labels, double count) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    samples
        .get(name + "_bucket")
        .forEach(
            (bucket, value) -> {
              Map<String, String> rest = new TreeMap<>(bucket);
              String bound = rest.remove("le").replace("+Inf", "Infinity");
              if (rest.equals(labels)) {
                buckets.put(Double.parseDouble(bound), value);
              }
            });
    List<Double> values = new ArrayList<>(buckets.values());
    assertThat("buckets grow", values.stream().sorted().toList(), is(values));
    assertThat("all are counted", buckets.get(Double.POSITIVE_INFINITY), is(count));
    assertThat(new HashSet<>(samples.get(name + "_sum").keySet()).contains(labels), is(true));
  }

  /** The value of a series; null if there is none. */
  Double value(String name, String... labelsAndValues) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return samples.getOrDefault(name, Map.of()).get(labels);
  }

  /** The values of a name of all series that have a label. */
  double sum(String name, String label, String value) {
    return samples.getOrDefault(name, Map.of()).entrySet().stream()
        .filter(series -> value.equals(series.getKey().get(label)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
